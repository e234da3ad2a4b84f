package server

// Which zones the name server of this machine has, by its configuration. It is read here and not by a program of BIND's: that
// prints nothing at all where one file of many cannot be read, and quotes what it did not understand, whoever may see that.
// What could not be read is told, and the rest is listed.

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// A Zone is a zone of class IN with its file, in all views that read it.
type Zone struct {
	Name   zonefile.Name
	View   string   // the first that has it; "" outside of views
	Views  []string // all
	Kind   string   // primary, dynamic, signed, secondary, ...
	Type   string   // as named.conf has it, in today's words: that of a dynamic zone is primary
	File   string   // as an absolute path, outside of a chroot; "" if there is none
	Path   string   // the same, free of links; "" if its directory cannot be looked at
	Reason string   // why it is not to be edited; "" if it may be
	Frozen bool     // it is dynamic, and named has said that it is frozen
	Added  bool     // by rndc addzone: it stands in no file that people write
	Checks []string // what named checks of the file, as statements of named.conf: once for each way that a view has

	updates bool   // it takes dynamic updates
	end     string // of the file's path, where nobody knows the directory that named was started in; "" otherwise
}

// A Configuration is what the name server's configuration says of its zones.
type Configuration struct {
	File       string   // that it begins with
	Directory  string   // that relative paths in zone files count from, outside of a chroot; "" if it names none
	Zones      []Zone   // by name, then in the order of the views
	Other      int      // zones of other classes than IN, which are left out
	Faults     []string // what is wrong, or was not read: place, what, remedy
	Unreadable []string // files that the user may not read, and where they are named

	where  Where
	chroot string // free of links; "" if there is none
	dir    string // that the paths of zone files count from, inside of the chroot; "" if nobody knows
}

// Where is where the configuration of the name server is. The zero value is the usual place.
type Where struct {
	File   string // that it begins with
	Chroot string // the directory that named runs in, as by named -t
}

// Read reads the configuration.
func (w Where) Read() (Configuration, error) { return ReadConfiguration(w.File, w.Chroot) }

// ErrNoConfiguration says that no name server is set up on this machine.
var ErrNoConfiguration = errors.New("no name server is set up here")

// usualConfigurations is where named.conf is: Debian's place, Red Hat's, FreeBSD's.
var usualConfigurations = [...]string{"/etc/bind/named.conf", "/etc/named.conf", "/usr/local/etc/namedb/named.conf"}

// ReadConfiguration reads the configuration of named in a file, "" being the usual place, with the paths in it inside of a
// chroot, if one is named. The file is looked for outside first, then inside.
func ReadConfiguration(file, chroot string) (Configuration, error) {
	root, err := newConfRoot(chroot)
	if err != nil {
		return Configuration{}, err
	}
	path, err := root.configuration(file)
	if err != nil {
		return Configuration{}, err
	}
	begun, err := root.start()
	if err != nil {
		return Configuration{}, err
	}
	text, err := openConf(path)
	if err != nil {
		return Configuration{}, &fs.PathError{Op: "open", Path: path, Err: errors.New(plainCause(err))}
	}
	if text.info.Size() > mostConf {
		text.file.Close()
		return Configuration{}, &fs.PathError{Op: "read", Path: path, Err: errors.New("it has more than 64 MiB: is it really a configuration?")}
	}
	p := zoneReader{begun: begun, views: []confView{newConfView("")}}
	p.confStream = confStream{root: root, dir: begun, texts: []*confText{text}, now: time.Now, until: time.Now().Add(longestRead)}
	p.entered = 1
	p.statements(0, p.top)
	p.addedZones()
	p.fromTemplates()
	c := p.configuration(path)
	c.where = Where{file, chroot}
	return c, nil
}

// configuration is the path of the file that the configuration begins with.
func (r confRoot) configuration(file string) (string, error) {
	if file == "" {
		for _, usual := range usualConfigurations {
			if path := r.open(usual); exists(path) {
				return path, nil
			}
		}
		return "", ErrNoConfiguration
	}
	if inside := r.open(joinConf("/", file)); r.dir != "" && !exists(file) && exists(inside) {
		return inside, nil
	}
	return file, nil
}

// configuration is what was read.
func (p *zoneReader) configuration(file string) Configuration {
	c := Configuration{File: file, Other: p.other, chroot: p.root.dir}
	if p.dir != p.begun {
		c.Directory = p.root.open(p.dir)
	}
	if p.settled() {
		c.dir = p.dir
	}
	c.Zones = p.rows()
	c.Faults = p.faults
	if p.more > 0 {
		c.Faults = append(c.Faults, zonefile.Plural(p.more, "fault", "faults")+" more in the configuration: `named-checkconf` tells them")
	}
	c.Unreadable = p.refused
	return c
}

// rows is a row for each zone and file, by name, then in the order of the views. In-view is none: it is a view more of the row
// that it speaks of.
func (p *zoneReader) rows() []Zone {
	slices.SortStableFunc(p.zones, func(a, b *zoneStatement) int { return strings.Compare(string(a.name), string(b.name)) })
	rows := make([]Zone, 0, len(p.zones))
	p.root.dirAt(strings.TrimSuffix(p.dir, "/") + "/") // most files are below it
	for rest := p.zones; len(rest) > 0; {
		n := 1
		if p.kept > mostKept {
			p.stop(rest[0].at, tooManyZones)
			break
		}
		for n < len(rest) && rest[n].name == rest[0].name {
			n++
		}
		rows = p.addRows(rows, rest[:n])
		rest = rest[n:]
	}
	return rows
}

// namesakes is the statements of one name in the making of their rows.
type namesakes struct {
	rows   []Zone                        // of all names so far: a list of their own would hold the rows of a configuration twice
	byView map[namesakeOf]*zoneStatement // the first of each view
	inRow  map[namesakeOf]int            // its row
	byPath map[namesakeOf]int
}

// namesakeOf is a view or a path, and what stands beside a zone of the same name there. BIND: the hints and a redirect zone do, so that
// a mirror of the root has the hints beside it (RFC 8806).
type namesakeOf struct{ at, apart string }

// apart is the type of what stands beside a zone of the same name; "" of all that does not.
func (z *zoneStatement) apart() string {
	if z.kind == "hint" || z.kind == "redirect" {
		return z.kind
	}
	return ""
}

// addRows adds the rows of the statements of one name.
func (p *zoneReader) addRows(rows []Zone, zones []*zoneStatement) []Zone {
	if len(zones) == 1 && zones[0].inView == "" {
		return append(rows, p.row(zones[0]))
	}
	n := namesakes{rows: rows, byView: map[namesakeOf]*zoneStatement{}, inRow: map[namesakeOf]int{}, byPath: map[namesakeOf]int{}}
	for _, z := range zones {
		if z.inView == "" {
			p.add(&n, z)
		}
	}
	for _, z := range zones {
		if z.inView == "" {
			continue
		}
		if at, known := n.inRow[namesakeOf{at: z.inView}]; known {
			if n.byView[namesakeOf{at: z.inView}].view > z.view {
				p.fault(z.at, "in-view names a view that stands below, so that named does not start: put that one above")
			}
			n.rows[at].Views = append(n.rows[at].Views, p.views[z.view].name)
		} else {
			p.fault(z.at, "in-view names a view that has no such zone: name one that has")
		}
	}
	return n.rows
}

// add makes a row of a statement, or a view more of one.
func (p *zoneReader) add(n *namesakes, z *zoneStatement) {
	row := p.row(z)
	view, path := namesakeOf{row.View, z.apart()}, namesakeOf{row.Path, z.apart()}
	first := n.byView[view]
	if first != nil {
		row.Reason = p.twice(first, z)
		n.rows[n.inRow[view]].Reason = row.Reason
	}
	at, known := n.byPath[path]
	if known && row.Path != "" && first == nil {
		n.rows[at].merge(row)
	} else {
		at, n.rows = len(n.rows), append(n.rows, row)
	}
	if n.byPath[path] = at; first == nil {
		n.byView[view], n.inRow[view] = z, at
	}
}

// twice tells that a zone stands twice in a view.
func (p *zoneReader) twice(first, second *zoneStatement) string {
	p.fault(second.at, "a zone that stands at ", first.at, " already, so that named does not start: take one away")
	return "the zone stands twice in this view, so that named does not start: take one away"
}

// row is the row of a zone.
func (p *zoneReader) row(z *zoneStatement) Zone {
	row := Zone{Name: z.name, View: p.views[z.view].name, Kind: p.kindOf(z), Type: typeOf(z), Added: z.added}
	row.updates = p.takesUpdates(z)
	row.Views = p.views[z.view].only // a view more makes a list of its own
	row.Reason = p.whyNot(z, row.Kind)
	row.Checks = p.checksOf(z)
	if z.file != "" {
		path := joinConf(p.dir, z.file)
		row.File = p.root.open(path)
		row.Path, _ = p.root.resolved(path) // where nobody can look, it is not known
		if row.Path == row.File {
			row.Path = row.File // the same text once
		}
		p.kept += len(row.File)
		if !p.settled() && !strings.HasPrefix(z.file, "/") {
			row.end = joinConf("", z.file)
		}
	}
	return row
}

// settled reports whether it is known where relative paths count from. BIND: where options name no directory, from where named
// was started, which its configuration does not tell.
func (p *zoneReader) settled() bool { return p.absolute || p.root.dir != "" }

// merge takes in the same file of the same zone in another view: where named writes it in one, it writes it.
func (z *Zone) merge(other Zone) {
	z.Views = append(z.Views, other.View)
	z.updates = z.updates || other.updates
	z.mergeChecks(other.Checks)
	if z.Reason == "" && other.Reason != "" {
		z.Kind, z.Type, z.Reason = other.Kind, other.Type, other.Reason
	}
}

// mergeChecks takes in how another view checks the file.
func (z *Zone) mergeChecks(others []string) {
	if slices.Equal(z.Checks, others) {
		return
	}
	all := append(slices.Clone(z.Checks), others...)
	if len(z.Checks) == 0 || len(others) == 0 { // as named does if nothing is said
		all = append(all, "")
	}
	slices.Sort(all)
	z.Checks = slices.Compact(all)
}

// Root is the directory that named runs in, free of links; "" if it is that of the machine.
func (c Configuration) Root() string { return c.chroot }

// Editable reports whether people may edit the file of the zone.
func (z Zone) Editable() bool { return z.Reason == "" }
