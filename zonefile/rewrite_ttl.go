package zonefile

// The TTLs of records that are changed at once. An RRset has one TTL, whatever its lines say (see batch.go): where some of them
// get another owner, those that go and those that stay are served with the TTL that all were served with. The one thing that
// cannot be is that a record joins an RRset that stays and has another TTL: that is refused before anything is written.

import "fmt"

// servedOf is the TTL with which the RRset of a changed record is served, where its lines have several. Other lines of it may
// give it then, since its lines part, or are spelled alike and meet.
func (z *Zone) servedOf(list []Rewrite) map[Record]uint32 {
	several, served := map[setKey]bool{}, map[Record]uint32{}
	for _, one := range list {
		key := setKey{one.Record.Owner(), one.Record.Type()}
		is, known := several[key]
		if !known {
			is = mixed(z.RRset(key.owner, key.typ))
			several[key] = is
		}
		if is {
			served[one.Record] = z.RRsetTTL(one.Record)
		}
	}
	return served
}

// ttl is the TTL that a record has not and is to have: that of its line, or of its RRset.
func (w *rewriting) ttl(was, is Record) (ttl uint32, wrong bool) {
	ttl = w.servedWith(was)
	if _, several := w.served[was]; several {
		return ttl, is.z.RRsetTTL(is) != ttl
	}
	return ttl, is.TTL() != ttl
}

// joins is why a record cannot have its new owner: an RRset there stays, and has another TTL. An RRset has but one. Nearly all
// new owners have nothing yet: of those no more is looked at.
func (w *rewriting) joins() error {
	var goes map[Record]bool
	there := map[joined]servedRecord{}
	for _, one := range w.list {
		if one.Owner == "" {
			continue
		}
		owner := one.owner()
		if _, has := w.z.first(owner, one.Record.Type()); !has {
			continue
		}
		if goes == nil {
			goes = w.goes()
		}
		key := joined{owner, one.Record.setType()}
		stays, known := there[key]
		if !known {
			stays = w.z.staying(key, goes)
			there[key] = stays
		}
		if ttl := w.servedWith(one.Record); stays.record.z != nil && stays.ttl != ttl {
			return one.Record.refuse(fmt.Errorf("it would join %s %s (%s), which stays and has the TTL %s, not %s: choose that line too, or give both the same TTL first",
				key.owner, key.set.typ, stays.record.Place(), FormatTTL(stays.ttl), FormatTTL(ttl)))
		}
	}
	return nil
}

// goes is the records that get another owner.
func (w *rewriting) goes() map[Record]bool {
	goes := map[Record]bool{}
	for _, one := range w.list {
		goes[one.Record] = one.Owner != ""
	}
	return goes
}

// joined is an RRset that records join.
type joined struct {
	owner Name
	set   setType
}

// servedRecord is a record, and the TTL that its RRset is served with; the zero one for none.
type servedRecord struct {
	record Record
	ttl    uint32
}

// staying is a record of an RRset that does not go.
func (z *Zone) staying(key joined, goes map[Record]bool) servedRecord {
	for _, r := range z.RRset(key.owner, key.set.typ) {
		if !goes[r] && r.setType() == key.set {
			return servedRecord{r, z.RRsetTTL(r)}
		}
	}
	return servedRecord{}
}

// servedWith is the TTL that a record of the list is served with.
func (w *rewriting) servedWith(r Record) uint32 {
	if ttl, several := w.served[r]; several {
		return ttl
	}
	return r.TTL()
}
