package document

// Since when the name servers serve what the zone says, combined out of all that tells of it. Nothing here looks at a
// clock, a file or a server. The law: certain is what is proved or what somebody said, and the earliest of that; what only
// looks likely is offered as the answer to a question, and makes nothing certain.

import (
	"fmt"
	"slices"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// hourText is how hours are told.
const hourText = "2 Jan 2006 15:04:05"

// unsharp is how far clocks may differ that are right: file systems and networks have their own.
const unsharp = time.Minute

// hourOf is an hour where it is now: what is remembered may come from where the clock shows another.
func hourOf(t, now time.Time) string { return t.In(now.Location()).Format(hourText) }

// moments is since when each text is served, loaded being what named says of the last. What is served later than one has
// taken its place: so one that is proved for a later text counts for all before it.
func moments(texts []heldText, loaded server.Loaded, notify bool, now time.Time) []preview.Moment {
	out := make([]preview.Moment, len(texts))
	for i := len(texts) - 1; i >= 0; i-- {
		spread := spreadOf(texts[:i+1], notify)
		m := proofs(texts[:i+1], i == len(texts)-1, loaded, spread, now)
		if i+1 < len(texts) && out[i+1].Certain && (!m.Certain || sooner(out[i+1], m, spread)) {
			m.Time, m.Certain, m.Everywhere, m.Evidence = out[i+1].Time, true, out[i+1].Everywhere, out[i+1].Evidence
		}
		out[i] = m
	}
	return out
}

// proofs is what is known of the last of texts by itself. A proof from before the texts that it followed is none: the clock
// was wrong. Where the text itself was written before one that it followed, the clock went back between the two, and no hour
// of named's tells which of them it had.
func proofs(texts []heldText, current bool, loaded server.Loaded, spread time.Duration, now time.Time) preview.Moment {
	t, floor := &texts[len(texts)-1], time.Time{}
	for _, old := range texts[:len(texts)-1] {
		if old.Written.After(floor) {
			floor = old.Written
		}
	}
	best := preview.Moment{Written: t.Written}
	take := func(m preview.Moment) {
		if m.Certain && (!best.Certain || sooner(m, best, spread)) {
			m.Written = t.Written
			best = m
		}
	}
	if !t.Told.IsZero() {
		take(preview.Moment{Time: t.Told, Certain: true, Evidence: "as somebody said"})
	}
	for _, m := range []preview.Moment{t.Served, t.Seen} {
		if !m.Time.Before(floor) {
			take(m)
		}
	}
	if m := t.loadedBy(loaded, texts[:len(texts)-1], now); current && !m.Time.Before(floor) && !t.Written.Before(floor) {
		take(m)
	}
	return best
}

// spreadOf is how long the last of texts takes to reach all name servers, by the one before it.
func spreadOf(texts []heldText, notify bool) time.Duration {
	z := texts[len(texts)-1].zone
	if n := len(texts); n > 1 && texts[n-2].zone != nil {
		z = texts[n-2].zone
	}
	if z == nil {
		return 0
	}
	return preview.Spread(z, notify)
}

// sooner tells whether a moment is one from which caches forget sooner than from another: it takes what not all name servers were seen
// with some time to reach them.
func sooner(m, other preview.Moment, spread time.Duration) bool {
	reached := func(m preview.Moment) time.Time {
		if m.Everywhere {
			return m.Time
		}
		return m.Time.Add(spread)
	}
	return reached(m).Before(reached(other))
}

// loadedBy is what it proves that named has loaded a serial: that it is the text's, if no text before had the same. Of one
// that follows nothing that is known, only that nothing was written since. To set the clock back between a load and an edit by
// hand that leaves the serial as it is can be seen as long as that load is still to come, and not when the clock has passed it.
func (t *heldText) loadedBy(l server.Loaded, before []heldText, now time.Time) (m preview.Moment) {
	serial, ok := t.serial()
	if !ok || l.Time.IsZero() || l.Serial != serial || t.Written.IsZero() {
		return m
	}
	for i := range before {
		if n, ok := before[i].serial(); ok && n == serial {
			return m
		}
	}
	written, known := t.Written, len(before) > 0 && before[len(before)-1].zone != nil
	if known && !t.Other {
		written = written.Truncate(time.Second) // named tells no parts of it
	}
	if l.Time.Before(written) || l.Time.After(now.Add(unsharp)) {
		return m // which is still to come: the clock went back, and the text may have been written since
	}
	return preview.Moment{Time: l.Time.Add(time.Second), Certain: true,
		Evidence: fmt.Sprintf("named says that it has loaded serial %d (rndc zonestatus)", serial)}
}

// serial is the serial of the text; false if it is not known.
func (t *heldText) serial() (uint32, bool) {
	if t.zone == nil {
		return 0, false
	}
	return t.zone.Serial()
}

// pastOf is what a plan has to know of the time before. Behind a text that another program wrote others may have stood that
// nobody has seen, unless somebody said since when the text is served, and so that it took the place of the one before.
func pastOf(texts []heldText, before int, loaded server.Loaded, notify bool, now time.Time) preview.Past {
	past := preview.Past{Now: now}
	if before >= 0 {
		past.Before = texts[before].zone
	}
	all := moments(texts, loaded, notify, now)
	for i := 1; i < len(texts); i++ {
		past.Versions = append(past.Versions, preview.Version{Zone: texts[i-1].zone, Replaced: all[i]})
		if texts[i].Other && texts[i].Told.IsZero() && texts[i-1].zone != nil {
			past.Versions = append(past.Versions, preview.Version{Replaced: all[i]})
		}
	}
	return past
}

// clockNotes is what is strange about hours.
func clockNotes(name string, texts []heldText, seen time.Time, past preview.Past) (notes []string) {
	last := texts[len(texts)-1]
	if last.Written.After(past.Now.Add(unsharp)) {
		notes = append(notes, fmt.Sprintf("%s was written at %s, by its times, which is still to come: the later time counts", name, hourOf(last.Written, past.Now)))
	}
	for _, v := range past.Versions {
		if v.Replaced.Certain && v.Replaced.Time.After(past.Now.Add(unsharp)) {
			seen = v.Replaced.Time
		}
	}
	if seen.After(past.Now.Add(unsharp)) {
		notes = append(notes, fmt.Sprintf("the clock went back: it has been %s already; the later time counts", hourOf(seen, past.Now)))
	}
	return notes
}

// heldFrom is from when on no resolver has anything of the versions that were replaced. Of what nobody proved, a week from
// when the last was written has to do: nothing waits for it.
func heldFrom(past preview.Past, z *zonefile.Zone, notify bool) (at time.Time) {
	const week = 7 * 24 * time.Hour // BIND: max-cache-ttl
	for i, v := range past.Versions {
		next := z
		if i+1 < len(past.Versions) && past.Versions[i+1].Zone != nil {
			next = past.Versions[i+1].Zone
		}
		from, wait := v.Replaced.Time, week
		if !v.Replaced.Certain {
			from = v.Replaced.Written
		} else if v.Zone != nil {
			wait = time.Duration(preview.Propagate(v.Zone, next, notify).Seconds) * time.Second
			if v.Replaced.Everywhere {
				wait -= min(wait, preview.Spread(v.Zone, notify))
			}
		}
		if end := from.Add(wait); end.After(at) {
			at = end
		}
	}
	return at
}

// proved tells whether it is certain since when each version is replaced that is known.
func proved(past preview.Past) bool {
	return len(past.Versions) > 0 && !slices.ContainsFunc(past.Versions, func(v preview.Version) bool { return !v.Replaced.Certain })
}
