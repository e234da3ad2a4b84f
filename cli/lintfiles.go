package cli

// This file reads the zones that lint is given, all at once. One that cannot be read is told, and the others are
// examined all the same.

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// examined is a zone file that lint was given.
type examined struct {
	opened
	path   string
	beside disk.Neighbours // what named keeps beside its files
	err    error           // why it could not be read
}

// openAll reads zone files on all cores. Each comes out in its place.
func (p *program) openAll(cmd *cobra.Command, opt *lintOptions, paths []string, bar *ui.Progress) []examined {
	all := make([]examined, len(paths))
	shared := &disk.Shared{Many: true}
	bar.Step("zones read", len(paths))
	crash.OnAllCores(len(paths), func(i int) {
		all[i] = p.openOne(cmd, opt, paths[i], shared)
		bar.Done(1)
	})
	return all
}

// openOne reads one zone file. It is closed at once, and opened again if something in it is fixed: there may be more zones
// than files that a process may have open.
func (p *program) openOne(cmd *cobra.Command, opt *lintOptions, path string, shared *disk.Shared) (x examined) {
	x.path = path
	if x.opened, x.err = p.load(cmd, &opt.source, path, document.Options{ReadOnly: true, Shared: shared}); x.err != nil {
		return x
	}
	x.st.Close()
	if opt.fix {
		if x.err = x.notInterrupted(path); x.err != nil {
			x.interrupted.Saves = nil // told by the error
			return x
		}
	}
	x.beside = x.st.Neighbours()
	return x
}

// readable is the zones that could be read; rules hear what named keeps beside them.
func readable(all []examined, rules *lint.Options) (docs []opened) {
	for _, x := range all {
		if x.err == nil {
			docs = append(docs, x.opened)
			rules.Journals = append(rules.Journals, x.beside.Journals...)
			rules.Signed = append(rules.Signed, x.beside.Signed...)
		}
	}
	return docs
}

// tellUnread tells which zones could not be read, and of which a save was interrupted, in their order; the status is that
// of the worst.
func (p *program) tellUnread(t targets, all []examined) (status int) {
	p.tellLeftOut(t)
	for _, err := range t.errs {
		status = max(status, p.report(err))
	}
	for _, x := range all {
		p.tellOrigin(x.path, x.opened)
		p.tellInterrupted(x.path, x.interrupted)
		status = max(status, p.report(x.err))
	}
	return status
}

// zonesOf is the zones of documents.
func zonesOf(docs []opened) []*zonefile.Zone {
	zones := make([]*zonefile.Zone, len(docs))
	for i, doc := range docs {
		zones[i] = doc.zone
	}
	return zones
}

// zonesOnly is files without those that nobody named and that turned out to be no zone of their own: they have no SOA, or
// another one includes them.
func (t *targets) zonesOnly(all []examined) []examined {
	included := map[string]bool{}
	for _, x := range all {
		if x.err == nil {
			for f := range x.zone.Files() {
				if f != x.zone.Root() {
					included[fullPath(f.Name())] = true
				}
			}
		}
	}
	return slices.DeleteFunc(all, func(x examined) bool {
		if !t.found[x.path] {
			return false
		}
		part := included[fullPath(x.path)]
		if x.err == nil && !part {
			_, whole := x.zone.SOA()
			part = !whole && !bytes.Contains(bytes.ToUpper(x.zone.Root().Bytes()), []byte("SOA")) // one that BIND refuses is told
		}
		if part {
			t.leftOut[t.below(x.path)]++
		}
		return part
	})
}

// tellCertificates tells of certificates of the flags which of them no record was held against.
func (p *program) tellCertificates(o *lintOptions, zones []*zonefile.Zone) {
	for _, text := range o.certs {
		h, _ := parseHostFile(text) // as it was read before
		owner := lint.Certificate{Host: h.host}.Owner()
		if zonefile.Together(zones...).Lookup(owner, zonefile.TypeTLSA).Result != zonefile.Found {
			p.tell(fmt.Sprintf("--cert %s: no TLSA record at %s in these zones: nothing was held against it", text, owner))
		}
	}
}
