package merge

// Names that were not meant as they stand: what lacks its final dot becomes a name below the origin that is nowhere (RFC 1035 §5.1),
// and an owner outside the zone is data that named ignores. Both are refused, with the name that was perhaps meant.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/pasted"
)

// namer knows the names that zone and snippet have.
type namer struct {
	z      *zonefile.Zone
	domain zonefile.Name
	names  map[zonefile.Name]bool // of the snippet, as far as they are certain
}

// know takes the names of a snippet down that are certain: owners that lack no dot, and all that are absolute.
func (n *namer) know(all []record) {
	n.names = map[zonefile.Name]bool{}
	for _, r := range all {
		if !n.isInZoneTwice(r) {
			n.names[r.Owner()] = true
		}
		for _, i := range r.Type().NameFields() {
			t, ok := r.Token(i)
			if name, err := zonefile.ParseName(t.Text(), r.Origin()); ok && err == nil && !r.IsRelative(i) {
				n.names[name] = true
			}
		}
	}
}

// exists tells a name that the zone or the snippet has.
func (n *namer) exists(name zonefile.Name) bool { return n.names[name] || n.z.Exists(name) }

// below tells whether some name exists between a name and the domain, itself among them.
func (n *namer) below(name zonefile.Name) bool {
	for ; name.Below(n.domain); name = name.Parent() {
		if n.exists(name) {
			return true
		}
	}
	return false
}

// isRelative tells a name to which the origin is appended, and which has more than one label.
func isRelative(text string) bool {
	return strings.Contains(strings.TrimSuffix(text, "."), ".") && (!strings.HasSuffix(text, ".") || strings.HasSuffix(text, `\.`))
}

// isInZoneTwice tells an owner that ends in the zone's name and lacks its dot, so that the zone's name stands in it twice.
func (n *namer) isInZoneTwice(r record) bool {
	text := r.OwnerText()
	if n.z.Origin() == zonefile.Root || !isRelative(text) {
		return false
	}
	whole, err := zonefile.ParseName(text+".", zonefile.Root)
	return err == nil && whole.Within(n.z.Origin())
}

// originTwice is the $ORIGIN that was meant above a relative owner, where the one that stands there ends in the zone's name and lacks
// its dot; "" if it does not.
func (n *namer) originTwice(r record) zonefile.Name {
	at := r.Origin()
	before, cut := strings.CutSuffix(string(at), string(n.z.Origin()))
	meant := zonefile.Name(before)
	if !cut || at == n.domain || r.OwnerText() == string(r.Owner()) || !meant.Within(n.z.Origin()) || n.z.Exists(at) {
		return ""
	}
	return meant
}

// refused is why an owner cannot stand in the zone; "" if it can.
func (n *namer) refused(r record) string {
	text, owner := r.OwnerText(), r.Owner()
	whole, err := zonefile.ParseName(text+".", zonefile.Root)
	if why := pasted.NotASCII(text); why != "" {
		return why
	}
	switch {
	case n.isInZoneTwice(r) && !n.z.Exists(owner):
		return fmt.Sprintf("%s lacks its final dot: %s is meant", text, whole)
	case n.originTwice(r) != "":
		return fmt.Sprintf("the $ORIGIN above it lacks its final dot: %s is meant", n.originTwice(r))
	case !owner.Within(n.z.Origin()):
		return n.outside(owner)
	case isRelative(text) && err == nil && whole.Labels() > 2 && isDomain(whole) && !n.below(owner.Parent()) && !n.z.Exists(owner):
		return fmt.Sprintf("%s lacks its final dot, and with it it is outside the zone: write %s if that is meant", text, owner)
	}
	return ""
}

// isDomain tells a name at or below a domain that somebody may have registered: its label is that of a host.
func isDomain(name zonefile.Name) bool {
	return zonefile.Registrable(name) && !strings.Contains(string(registered(name)), "_")
}

// registered is the label of a name that was registered, with what stands above it.
func registered(name zonefile.Name) zonefile.Name {
	for zonefile.Registrable(name.Parent()) {
		name = name.Parent()
	}
	return name
}

// outside tells of an owner outside the zone, with the one that was perhaps meant: the same host below the zone's name.
func (n *namer) outside(owner zonefile.Name) string {
	at := n.domain
	if zonefile.Registrable(owner) {
		host := strings.TrimSuffix(string(owner), string(registered(owner)))
		if meant, err := zonefile.ParseName(host+string(n.domain), zonefile.Root); err == nil {
			at = meant
		}
	}
	return fmt.Sprintf("outside the zone %s: %s is perhaps meant", n.z.Origin(), at)
}

// target is why a name in a record's data cannot be what was meant; "" if it can.
func (n *namer) target(r record) string {
	if r.Type() == zonefile.TypeSOA || r.IsGeneric() {
		return ""
	}
	for _, i := range r.Type().NameFields() {
		t, ok := r.Token(i)
		text := t.Text()
		if why := pasted.NotASCII(text); why != "" {
			return why
		}
		becomes, err := zonefile.ParseName(text, r.Origin())
		relative := r.IsRelative(i) && isRelative(text)
		if a, is := zonefile.AddressInName(becomes, r.Origin()); ok && is && !(relative && n.exists(becomes)) {
			return fmt.Sprintf("%s is an address, and %s names a host: give the host a name", a, r.Type())
		}
		if !ok || !relative {
			continue
		}
		whole, err2 := zonefile.ParseName(text+".", zonefile.Root)
		if err != nil || err2 != nil || n.exists(becomes) {
			continue
		}
		why := fmt.Sprintf("%s lacks its final dot, and becomes %s, which does not exist: %s is meant", text, becomes, whole)
		if n.has(r, i, whole) {
			why = fmt.Sprintf("%s lacks its final dot: with it, it is the record that is there", text)
		}
		return why
	}
	return ""
}

// has tells whether the zone has a record with another name in its data.
func (n *namer) has(r record, field int, name zonefile.Name) bool {
	words := rawWords(r.Record)
	words[field] = string(name)
	d := zonefile.Draft{Owner: r.Owner(), Type: r.Type(), RData: strings.Join(words, " "), Origin: r.Origin()}
	for _, o := range n.z.RRset(r.Owner(), r.Type()) {
		if d.Says(o) {
			return true
		}
	}
	return false
}

// rawWords is the words of a record's data as they are written.
func rawWords(r zonefile.Record) (out []string) {
	for _, t := range r.RData() {
		out = append(out, t.Raw)
	}
	return out
}
