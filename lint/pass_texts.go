package lint

// What a rule asks about the TXT records of the visited name, and how it reports at their text.

import (
	"hash/maphash"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// readTXT is readTXT of a record whose text may have been read before.
func (p *Pass) readTXT(r zonefile.Record) txtValue {
	b, quoted := r.AppendJoined(p.texts.buffer[:0])
	p.texts.buffer = b
	if len(b) > longText {
		return txtValue{r, newReading(string(b)), quoted}
	}
	if p.texts.readings == nil {
		p.texts.readings = make([]*reading, min(maxReadings, max(1, p.run.contents.records)))
	}
	known := &p.texts.readings[maphash.Bytes(textSeed, b)%uint64(len(p.texts.readings))]
	if *known == nil || (*known).text != string(b) {
		*known = newReading(string(b))
	}
	return txtValue{r, *known, quoted}
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

// spfOf is the SPF records of a name in the loaded zones.
func (p *Pass) spfOf(n zonefile.Name) *spfFound {
	found := p.texts.led[n]
	if found == nil {
		found = p.readSPF(p.run.lookup(n, zonefile.TypeTXT))
		if p.texts.led == nil || len(p.texts.led) == maxHosts {
			p.texts.led = map[zonefile.Name]*spfFound{}
		}
		p.texts.led[n] = found
	}
	p.seen.answer(n, found.answer)
	return found
}

// readSPF reads the SPF records among those of an answer.
func (p *Pass) readSPF(answer zonefile.Answer) *spfFound {
	found := &spfFound{answer: answer}
	var all []txtValue
	for _, r := range answer.Records {
		if v := p.readTXT(r); v.isSPF {
			all = append(all, v)
		}
	}
	if len(all) > 0 {
		found.record, found.count = all[0], 1+len(rivals(all))
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
	if p.texts.written.Record() != v.Record {
		p.texts.written = zonefile.Spell(v.Record)
	}
	return zonefile.Span{Start: p.texts.written.At(i).Start, End: p.texts.written.At(j - 1).End}
}

// AtText reports at bytes i to j of a TXT record's text.
func (p *Pass) AtText(v txtValue, i, j int, format string, args ...any) *Diagnostic {
	return p.In(v.Record, p.span(v, i, j), format, args...)
}
