package lint

// The text of TXT records, with the way back from each of its bytes to the file.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// txtValue is a TXT record with what it says.
type txtValue struct {
	zonefile.Record
	*reading
	quoted bool // its last string is written in quotes
}

// reading is what the strings of a TXT record say, joined as those who use it join them (RFC 7208 §3.3). Many
// records of a big zone say the same, and share it.
type reading struct {
	text    string
	isSPF   bool
	isDMARC bool
	spf     policy.SPF  // of an SPF record
	list    policy.Tags // of a tag list; filled when it is first asked for

	faults []policy.Fault // of a DMARC record; filled when they are first asked for
	judged bool           // they were
}

// newReading reads a text.
func newReading(text string) *reading {
	r := &reading{text: text, isSPF: policy.IsSPF(text), isDMARC: policy.IsDMARC(text)}
	if r.isSPF {
		r.spf = policy.ParseSPF(text)
	}
	return r
}

// tags is the text as a tag list.
func (r *reading) tags() policy.Tags {
	if r.list == nil {
		r.list = policy.ParseTags(r.text)
	}
	return r.list
}

// dmarcFaults is what is wrong with the text as a DMARC record.
func (r *reading) dmarcFaults() []policy.Fault {
	if !r.judged {
		r.faults, r.judged = policy.DMARCFaults(r.tags()), true
	}
	return r.faults
}

// readTXT joins the strings of a record, and reads them.
func readTXT(r zonefile.Record) txtValue {
	text, quoted := r.Joined()
	return txtValue{r, newReading(text), quoted}
}

// Limits of what a Pass remembers of texts: how many, and how long they may be. Longer ones are keys, and no two
// alike.
const (
	maxReadings = 1024
	longText    = 255
)

// readTXT is readTXT of a record whose text may have been read before.
func (p *Pass) readTXT(r zonefile.Record) txtValue {
	b, quoted := r.AppendJoined(p.texts.buffer[:0])
	p.texts.buffer = b
	known := p.texts.readings[string(b)]
	if known == nil {
		text := string(b)
		known = newReading(text)
		if len(p.texts.readings) == maxReadings {
			clear(p.texts.readings)
		}
		if len(text) <= longText {
			p.texts.readings[text] = known
		}
	}
	return txtValue{r, known, quoted}
}

// texts is what is known about the TXT records of a name; all of it but room is made when a rule first asks.
type texts struct {
	read  bool
	all   []txtValue
	spf   []txtValue // those of them that are SPF records
	dmarc []txtValue // those of them that are DMARC records

	keysRead bool
	keys     []dkimRecord // all of them as DKIM keys

	written  spelling                    // of the text that was last spoken of
	readings map[string]*reading         // of texts that were read, here and at other names
	led      map[zonefile.Name]*spfFound // SPF records that others lead to
	buffer   []byte                      // room for the text that is read
}

// reset makes room for another name's.
func (t *texts) reset() {
	t.all, t.spf, t.dmarc, t.read = t.all[:0], t.spf[:0], t.dmarc[:0], false
	t.keys, t.keysRead = t.keys[:0], false
}

// Texts is the TXT records of the visited name.
func (p *Pass) Texts() []txtValue {
	t := &p.texts
	if t.read {
		return t.all
	}
	t.read = true
	for _, r := range p.Node.Records {
		if r.Type() != zonefile.TypeTXT {
			continue
		}
		v := p.readTXT(r)
		t.all = append(t.all, v)
		if v.isSPF {
			t.spf = append(t.spf, v)
		}
		if v.isDMARC {
			t.dmarc = append(t.dmarc, v)
		}
	}
	return t.all
}

// spfRecords is the SPF records of the visited name.
func (p *Pass) spfRecords() []txtValue {
	p.Texts()
	return p.texts.spf
}

// dmarcRecords is the records of the visited name that are of a version of DMARC.
func (p *Pass) dmarcRecords() []txtValue {
	p.Texts()
	return p.texts.dmarc
}

// dkimRecord is a TXT record read as a DKIM key.
type dkimRecord struct {
	txtValue
	policy.DKIM
}

// dkimKeys reads the keys of the visited name.
func (p *Pass) dkimKeys() []dkimRecord {
	t := &p.texts
	if !t.keysRead {
		for _, v := range p.Texts() {
			t.keys = append(t.keys, dkimRecord{v, policy.ReadDKIM(v.tags())})
		}
		t.keysRead = true
	}
	return t.keys
}

// spfFound is what a receiver that asks for the SPF record of a name is told.
type spfFound struct {
	answer zonefile.Answer // to the question for TXT
	record txtValue        // the first one
	count  int             // how many there are: of more than one receivers take none (RFC 7208 §4.5)
}

// spfOf is the SPF records of a name in the loaded zones.
func (p *Pass) spfOf(n zonefile.Name) *spfFound {
	found := p.texts.led[n]
	if found == nil {
		found = p.findSPF(n)
		if p.texts.led == nil || len(p.texts.led) == maxHosts {
			p.texts.led = map[zonefile.Name]*spfFound{}
		}
		p.texts.led[n] = found
	}
	p.seen.answer(n, found.answer)
	return found
}

// findSPF reads the SPF records of a name.
func (p *Pass) findSPF(n zonefile.Name) *spfFound {
	found := &spfFound{answer: p.run.lookup(n, zonefile.TypeTXT)}
	for _, r := range found.answer.Records {
		v := p.readTXT(r)
		if !v.isSPF {
			continue
		}
		if found.count++; found.count == 1 {
			found.record = v
		}
	}
	return found
}

// spfAt is the SPF record of a name in the loaded zones; ok is false if there is none or more than one.
func (p *Pass) spfAt(n zonefile.Name) (v txtValue, ok bool) {
	found := p.spfOf(n)
	return found.record, found.count == 1
}

// span is where bytes i to j of a text are written; the whole record where they are none.
func (p *Pass) span(v txtValue, i, j int) zonefile.Span {
	if i >= j || j > len(v.text) {
		return v.Record.Words()
	}
	if p.texts.written.record != v.Record {
		p.texts.written = spell(v.Record)
	}
	return zonefile.Span{Start: p.texts.written.bytes[i].Start, End: p.texts.written.bytes[j-1].End}
}

// spelling is where each byte of a record's text is written: a record may have thousands of findings.
type spelling struct {
	record zonefile.Record
	bytes  []zonefile.Span
	starts []int // the byte that each string starts with
}

// spell finds where the bytes of a record's text are written.
func spell(r zonefile.Record) spelling {
	s := spelling{record: r}
	for _, t := range r.RData() {
		s.starts = append(s.starts, len(s.bytes))
		raw, at := t.Text(), t.Span.Start
		if t.Quoted {
			at++
		}
		for k := 0; k < len(raw); {
			width := widthOfFirst(raw[k:])
			s.bytes = append(s.bytes, zonefile.Span{Start: at + uint32(k), End: at + uint32(k+width)})
			k += width
		}
	}
	return s
}

// end is the byte behind string n.
func (s spelling) end(n int) int {
	if n+1 < len(s.starts) {
		return s.starts[n+1]
	}
	return len(s.bytes)
}

// widthOfFirst tells how long the first byte of a string is written; a bad escape stands for itself.
func widthOfFirst(s string) int {
	switch {
	case s[0] != '\\' || len(s) < 2:
		return 1
	case !isDigit(s[1]):
		return 2
	case len(s) < 4 || !isDigit(s[2]) || !isDigit(s[3]) || s[1:4] > "255":
		return 1
	}
	return 4
}

// AtText reports at bytes i to j of a TXT record's text.
func (p *Pass) AtText(v txtValue, i, j int, format string, args ...any) *Diagnostic {
	return p.Report(v.File(), p.span(v, i, j), format, args...)
}

// cutOff tells a record whose text ends at a semicolon that is not quoted: the rest of it is a comment.
func cutOff(v txtValue) bool {
	if v.quoted || v.text == "" {
		return false
	}
	rest := strings.TrimLeft(strings.TrimLeft(v.Comment(), ";"), " \t")
	i := strings.IndexByte(rest, '=')
	return i > 0 && i <= 5 && strings.Trim(rest[:i], "abcdefghijklmnopqrstuvwxyz ") == ""
}

// quoteAll puts the whole text of a cut-off record in quotes.
func quoteAll(r zonefile.Record) Fix {
	return Fix{
		Message: "put the whole text in quotes",
		Make: on(func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			r := now[0]
			data := r.RData()
			start, end := data[0].Span.Start, r.Span().End
			line, _, _ := strings.Cut(string(r.File().Slice(zonefile.Span{Start: start, End: end})), "\n")
			line = strings.TrimRight(line, " \t\r")
			if strings.Contains(line, `"`) {
				return nil, fmt.Errorf("%s: there are quotes in the text already: put the rest in quotes by hand", r.Place())
			}
			s := zonefile.Span{Start: start, End: start + uint32(len(line))}
			return []zonefile.Edit{{File: r.File(), Span: s, New: zonefile.Quote(zonefile.Unescape(line))}}, nil
		}, r),
	}
}
