package pasted

// The way through a text: each line is offered to the readers in their order, the surest first, and the one that knows it takes it with
// the lines that belong to it. What nobody takes is told as words.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// MostText is how long a text may be, in octets, and MostRecords how many records are taken from one.
const (
	MostText    = 1 << 20
	MostRecords = 2000
)

// Read reads a text for a zone.
func Read(z *zonefile.Zone, text string) []Item { return read(z, text, false) }

// ReadLine reads a line that is meant as a record, in the syntax of a zone file or of nsupdate.
func ReadLine(z *zonefile.Zone, text string) []Item { return read(z, text, true) }

// read is Read.
func read(z *zonefile.Zone, text string, sure bool) []Item {
	if len(text) > MostText {
		return []Item{{From: 1, To: 1, Ways: []Way{{State: Refused, Why: fmt.Sprintf("more than %d octets: bring it in as a file, by mailzone apply", MostText)}}}}
	}
	r := reader{z: z, lines: linesOf(text), sure: sure, origin: z.Origin()}
	undiff(r.lines)
	dedent(r.lines)
	r.all()
	return r.items()
}

// all reads all lines.
func (r *reader) all() {
	readers := []func() bool{
		r.privateKey, r.hiddenText, r.removed, r.nothing, r.directive, r.command, r.update, r.comment, r.shortAnswer, r.sentence, r.dnscontrol,
		r.tableRow, r.fileLine, r.tableHead, r.fields, r.columns, r.value,
	}
	for r.at < len(r.lines) {
		before, taken := r.at, false
		for _, text := range r.forms(r.now().text) {
			r.lines[r.at].text = text
			for _, read := range readers {
				if taken = read(); taken {
					break
				}
			}
			if taken {
				break
			}
		}
		if !taken {
			r.words()
		}
		if r.at <= before {
			r.at = before + 1
		}
	}
	r.endBlock()
}

// forms is a line as it stands, and without what lists, Markdown and files of other programs put around it.
func (r *reader) forms(text string) []string {
	out := []string{text}
	if bare := bullet.re().ReplaceAllString(text, ""); bare != text {
		out = append(out, bare)
	}
	if m := wrapped.re().FindStringSubmatch(text); m != nil {
		out = append(out, strings.TrimSpace(m[1]+strings.ReplaceAll(m[2], `\"`, `"`)+m[3]))
	}
	for _, p := range []*pattern{&boxed, &numbered} {
		if m := p.re().FindStringSubmatch(text); m != nil {
			if h, ok := headOf(m[1]); ok && h.shape > 2 {
				out = append(out, m[1])
			}
		}
	}
	if at := placed.re().FindString(text); at != "" {
		out = append(out, text[len(at):])
	}
	if m := member.re().FindStringSubmatch(text); m != nil && fieldOf(m[1]) != noField {
		out = append(out, m[1]+": "+m[2])
	}
	if strings.Count(text, "`") == 2 {
		_, code, _ := strings.Cut(text, "`")
		code, _, _ = strings.Cut(code, "`")
		out = append(out, strings.TrimSpace(code))
	}
	return out
}

// nothing passes empty lines, and what only draws a table or a frame.
func (r *reader) nothing() bool {
	text := strings.TrimSpace(r.now().text)
	switch {
	case text == "":
		r.name = ""
		r.asked.open = false
		r.pause()
		return r.skip(1)
	case strings.Trim(text, "{}[],") == "": // of JSON and the like: what comes is of another record
		r.endBlock()
		return r.skip(1)
	case strings.HasPrefix(text, "```"), strings.HasPrefix(text, "~~~"), ruled.re().MatchString(text):
		return r.skip(1)
	}
	return false
}

// comment passes comments, which say where the text comes from.
func (r *reader) comment() bool {
	text := strings.TrimSpace(r.now().text)
	if !strings.HasPrefix(text, ";") && !strings.HasPrefix(text, "#") && !strings.HasPrefix(text, "//") {
		return false
	}
	lower := strings.ToLower(text)
	if strings.HasPrefix(lower, ";; flags:") {
		flags, _, _ := strings.Cut(lower[len(";; flags:"):], ";")
		r.cached = !strings.Contains(" "+flags+" ", " aa ")
	}
	if strings.Contains(lower, "cloudflare") || strings.Contains(lower, "cf_tags") {
		r.cloud = true
	}
	return r.skip(1)
}

// privateKey refuses a private key, which rspamadm and others print above the record.
func (r *reader) privateKey() bool {
	if !secret.re().MatchString(strings.TrimSpace(r.now().text)) {
		return false
	}
	n := 1
	for r.at+n < len(r.lines) && !secretEnd.re().MatchString(strings.TrimSpace(r.lines[r.at+n-1].text)) {
		n++
	}
	first := r.now()
	r.give(refused(first.n, r.lines[r.at+n-1].n, first.raw, "a key or a certificate by itself, which stands in no zone"), n)
	return true
}

// hiddenText refuses a comment of C or HTML, over lines too.
func (r *reader) hiddenText() bool {
	for begin, end := range map[string]string{"/*": "*/", "<!--": "-->"} {
		if !strings.HasPrefix(strings.TrimSpace(r.now().text), begin) {
			continue
		}
		for n, l := range r.lines[r.at:min(r.at+mostLines, len(r.lines))] {
			if strings.Contains(l.text, end) {
				r.give(refused(r.now().n, l.n, r.now().raw, "a comment, from "+begin+" to "+end), n+1)
				return true
			}
		}
	}
	return false
}

// deletion is why nothing is taken away.
const deletion = "a deletion: pasted text only adds; mailzone apply does both"

// removed refuses what a diff takes away.
func (r *reader) removed() bool {
	l := r.now()
	if l.gone {
		r.give(refused(l.n, l.n, l.raw, deletion), 1)
	}
	return l.gone
}

// directive carries out what a zone file says of the lines that follow.
func (r *reader) directive() bool {
	text := strings.TrimSpace(r.now().text)
	word, rest := nextWord(text)
	rest, _, _ = strings.Cut(rest, ";")
	arg, _ := nextWord(rest)
	f := r.start()
	switch strings.ToUpper(word) {
	case "$ORIGIN":
		n, err := zonefile.ParseName(arg, r.origin)
		if whole, err2 := zonefile.ParseName(arg, zonefile.Root); err2 == nil && whole.Within(r.z.Origin()) {
			n, err = whole, nil
		}
		if err != nil {
			f.why = "$ORIGIN " + arg + ": " + err.Error()
			break
		}
		r.origin = n
		f.why = fmt.Sprintf("not added: it counts for the names below it, which are relative to %s", n)
	case "$TTL":
		if v, ok := zonefile.ParseTTL(arg); !ok || v > zonefile.MaxTTL {
			f.why = "$TTL " + arg + ": not a TTL"
			break
		}
		r.ttl = arg
		f.why = "not added: it counts for the records below it that state none"
	case "$INCLUDE", "$GENERATE":
		f.why = word + " is not taken from pasted text: edit the file by E"
	default:
		return false
	}
	r.give(f, 1)
	return true
}

// update reads nsupdate's words, in which names are whole.
func (r *reader) update() bool {
	text := strings.TrimSpace(r.now().text)
	verb, rest := nextWord(text)
	switch strings.ToLower(verb) {
	case "update":
		verb, rest = nextWord(rest)
	case "add", "del", "delete":
		if h, ok := headOf(strings.TrimSpace(rest)); !ok || !r.sure && h.ttl == "" {
			return false
		}
	case "send", "show", "answer", "quit":
		return strings.TrimSpace(rest) == "" && r.skip(1)
	default:
		return false
	}
	f := r.start()
	switch strings.ToLower(verb) {
	case "add":
		h, ok := headOf(strings.TrimSpace(rest))
		if f.style, f.typ, f.owner, f.ttl, f.data = asWhole, h.typ.String(), h.owner, h.ttl, strings.TrimSpace(h.rest); !ok {
			f.why = "update add NAME TTL TYPE DATA"
		}
	case "del", "delete":
		f.why = deletion
	default:
		return false
	}
	r.give(f, 1)
	return true
}

// words is a line that is no record. Lines one behind the other are told together.
func (r *reader) words() {
	l := r.now()
	why := "no record"
	words := strings.Fields(l.text)
	r.going = ""
	if text := strings.TrimSpace(l.text); (strings.HasSuffix(text, ":") || len(words) < 4) && goes.re().MatchString(text) && !comes.re().MatchString(text) {
		r.going = text
	}
	if tag := htmlPart.re().FindString(l.text); tag != "" {
		why = strange(l.text)
	} else if slices.Contains(words[:min(len(words), 3)], "IN") && len(words) > 2 { // a line of a zone file that is wrong
		why = parse(strings.TrimSpace(l.text), r.origin).why
	} else if h, ok := headOf(l.text); ok && h.shape > 0 && len(words) < 5 { // what may be meant as one
		if p := parse(strings.TrimSpace(l.text), r.origin); p.why != "" {
			why += ": " + p.why
		}
	}
	if n := len(r.found); n > 0 && r.found[n-1].why == why && r.blankSince(r.found[n-1].to) {
		r.found[n-1].to = l.n
		r.at++
		return
	}
	r.give(refused(l.n, l.n, l.raw, why), 1)
}

// blankSince tells that nothing stands between a line and the one that is read.
func (r *reader) blankSince(n int) bool {
	for _, l := range r.lines[n:r.at] {
		if strings.TrimSpace(l.text) != "" {
			return false
		}
	}
	return true
}

// takeAway refuses what an incremental transfer takes away: behind its second SOA, and each second one that follows, stand the records that
// went, behind the next one those that came (RFC 1995 §4). Of a part of one nobody knows which is which.
func takeAway(all []found) {
	var soas []int
	for i, f := range all {
		if f.why == "" && strings.EqualFold(f.typ, zonefile.TypeSOA.String()) {
			soas = append(soas, i)
		}
	}
	same := func(a, b int) bool { return all[a].data == all[b].data }
	if len(soas) < 2 || !slices.ContainsFunc(soas, func(i int) bool { return !same(i, soas[0]) }) {
		return
	}
	whole := len(soas) >= 4 && len(soas)%2 == 0 && same(soas[0], soas[len(soas)-1])
	next := 0
	for i := range all {
		f := &all[i]
		switch {
		case next < len(soas) && soas[next] == i:
			next++
		case f.why != "":
		case !whole:
			f.doubt = "the text has several SOA, as a part of an incremental transfer: the record may be one that went"
		case next%2 == 0:
			f.why = "an incremental transfer takes this record away"
		}
	}
}

// items is what is told of all that was found.
func (r *reader) items() []Item {
	j := judge{namer: namer{z: r.z, owners: map[zonefile.Name]bool{}}, taken: map[zonefile.Name][]seen{}}
	j.dots = r.origin != r.z.Origin() || slices.ContainsFunc(r.lines, func(l line) bool { return strings.HasPrefix(l.text, "$ORIGIN") })
	for _, f := range r.found {
		if m := j.read(f.owner, f.style, f.origin); f.why == "" && m.err == nil && !m.two {
			j.owners[m.whole] = true
		}
	}
	takeAway(r.found)
	var out []Item
	records := 0
	for _, f := range r.found {
		if f.why == "" {
			if records++; records > MostRecords {
				out = append(out, Item{From: f.from, To: r.lines[len(r.lines)-1].n, Source: f.source, Ways: []Way{{
					State: Refused, Why: fmt.Sprintf("more than %d records: bring them in as a file, by mailzone apply", MostRecords)}}})
				break
			}
		}
		out = append(out, j.item(f))
	}
	return out
}
