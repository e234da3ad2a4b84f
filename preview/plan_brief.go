package preview

// A plan in few words: what a list of steps says of each, its hours, and what is at stake where one is made too early. An hour
// is never told earlier than it is: what is shown without seconds is rounded up.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Brief is what a step of a move does, in as few words as name its hosts. An arrow stands between what was and what comes.
func (m Migration) Brief(s Step, show func(zonefile.Name) string, arrow string) string {
	from, to := briefly(m.From, "old", show), briefly(m.To, "new", show)
	switch s.phase {
	case phaseInventory:
		return inventoryBrief(s.Kind, from)
	case phasePrepare:
		return m.prepareBrief(s, from, to, arrow)
	case phaseAdd:
		return to + " behind " + m.behind(s.Kind, from)
	case phaseSwap:
		return m.swapBrief(s.Kind, from, to)
	case phaseRemove:
		return from + " removed"
	case phaseRaise:
		return "TTL of " + shortened(s.Kind) + s.raisedText(arrow)
	}
	if s.Kind == SameHost {
		return "the old address of " + from + " out of SPF"
	}
	if len(m.From) > 1 {
		return from + " send no more"
	}
	return from + " sends no more"
}

// briefly is a host by its name, or how many there are: the title names them.
func briefly(hosts []MailHost, which string, show func(zonefile.Name) string) string {
	switch len(hosts) {
	case 0:
		return ""
	case 1:
		return show(hosts[0].Name)
	}
	return fmt.Sprintf("%d %s hosts", len(hosts), which)
}

// inventoryBrief is step 0.
func inventoryBrief(k Kind, from string) string {
	if from == "" {
		return "the hosts that are there"
	}
	if k == SameHost {
		return "what goes by the address of " + from
	}
	return "what leads to " + from
}

// prepareBrief is step 1: of TTLs that become short the old one is told where there is one alone.
func (m Migration) prepareBrief(s Step, from, to, arrow string) string {
	switch s.Kind {
	case BackupAdded:
		return to + " known"
	case BackupRemoved:
		return from + " stays in SPF meanwhile"
	}
	text := ""
	if s.Kind != SameHost {
		text = to + " known"
	}
	ttl := ""
	switch was := s.shortened(); {
	case len(was) == 1:
		ttl = fmt.Sprintf("TTL of %s %s %s %s", shortened(s.Kind), zonefile.FormatTTL(was[0]), arrow, zonefile.FormatTTL(shortTTL))
	case len(was) > 1, s.State == StepDone && s.Script == "":
		ttl = "TTL of " + shortened(s.Kind) + " short"
	case s.Kind == SameHost:
		ttl = "both addresses may send"
	}
	return strings.TrimSuffix(strings.TrimPrefix(text+", "+ttl, ", "), ", ")
}

// shortened is what a move makes the TTL of short.
func shortened(k Kind) string {
	if k == SameHost {
		return "the addresses"
	}
	return "the MX"
}

// shortened is the TTLs that a step makes short, each once.
func (s Step) shortened() []uint32 {
	var out []uint32
	for _, r := range s.replaced {
		if slices.Contains([]zonefile.Type{zonefile.TypeMX, zonefile.TypeA, zonefile.TypeAAAA}, r.typ) && !r.none && r.ttl > shortTTL {
			out = append(out, r.ttl)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// raisedText is the TTL that goes and the one that comes, where each is one alone.
func (s Step) raisedText(arrow string) string {
	var was, is []uint32
	for _, r := range s.replaced {
		if set := s.Result.RRset(r.owner, r.typ); len(set) > 0 && !r.none {
			was, is = append(was, r.ttl), append(is, s.Result.RRsetTTL(set[0]))
		}
	}
	slices.Sort(was)
	slices.Sort(is)
	was, is = slices.Compact(was), slices.Compact(is)
	if len(was) != 1 || len(is) != 1 {
		return " as it was"
	}
	return fmt.Sprintf(" %s %s %s", zonefile.FormatTTL(was[0]), arrow, zonefile.FormatTTL(is[0]))
}

// behind is what the new hosts are put behind.
func (m Migration) behind(k Kind, from string) string {
	if k == NewHost || k == Provider {
		return from
	}
	return "all others"
}

// swapBrief is the step in which the new hosts get the mail.
func (m Migration) swapBrief(k Kind, from, to string) string {
	switch k {
	case SameHost:
		return to + " gets " + addressList(m.To)
	case OneOfEquals:
		return to + " in the place of " + from
	}
	return to + " first"
}

// addressList is the first address of the first host, and how many there are besides.
func addressList(hosts []MailHost) string {
	if len(hosts) == 0 || len(hosts[0].Addrs) == 0 {
		return "another address"
	}
	text := hosts[0].Addrs[0].String()
	if n := len(hosts[0].Addrs) - 1; n > 0 {
		text += fmt.Sprintf(" +%d", n)
	}
	return text
}

// From is the hour from which on a step of a plan that was made at an hour may be saved.
func (s Step) From(made time.Time) time.Time {
	return wholeMinute(made.Add(time.Duration(s.Earliest) * time.Second))
}

// Until is how long it is to an hour, in whole minutes or hours.
func Until(hour, now time.Time) string {
	minutes := max((hour.Sub(now)+time.Minute-1)/time.Minute, 0)
	if hours := (minutes + 59) / 60; hours >= 3*24 {
		return strings.TrimSuffix(fmt.Sprintf("%d days %d h", hours/24, hours%24), " 0 h")
	}
	return Duration(uint32(minutes) * 60)
}

// wholeMinute is a time without seconds, never before it.
func wholeMinute(t time.Time) time.Time {
	if down := t.Truncate(time.Minute); down.Before(t) {
		return down.Add(time.Minute)
	}
	return t
}

// Clock writes an hour of a plan as people do: with the year if it is another one than now.
func Clock(t, now time.Time) string {
	if t.Year() == now.Year() {
		return t.Format("2 Jan 15:04")
	}
	return t.Format("2 Jan 2006 15:04")
}

// Risk is what may happen where a step is made before its time; "" of one that never is early.
func (s Step) Risk() string {
	switch s.phase {
	case phaseInventory, phasePrepare:
		return ""
	case phaseRaise:
		return fmt.Sprintf("Until then resolvers may have answers from before step %d: what they lead to goes on taking mail, and from this step on a way back takes the long TTL", s.Number-1)
	case phaseClean:
		return "Until then mail that the old host sent may be on its way: whoever checks it when it arrives finds no right to send it any more, and may refuse it"
	}
	return fmt.Sprintf("Until then resolvers may have answers from before step %d: mail may bounce, or go where nobody takes it", s.Number-1)
}
