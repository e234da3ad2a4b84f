package lint

// The text of TXT records, with the way back from each of its bytes to the file.

import (
	"fmt"
	"hash/maphash"
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

// textSeed makes the hashes of texts, which nobody can foresee.
var textSeed = maphash.MakeSeed()

// reading is what the strings of a TXT record say, joined as those who use it join them (RFC 7208 §3.3). Many
// records of a big zone say the same, and share it.
type reading struct {
	text    string
	isSPF   bool
	isDMARC bool
	spf     policy.SPF  // of an SPF record
	list    policy.Tags // of a tag list; filled when it is first asked for

	mentionsSPF bool // it may be meant as an SPF record

	faults []policy.Fault // of a DMARC record; filled when they are first asked for
	judged bool           // they were
}

// newReading reads a text.
func newReading(text string) *reading {
	r := &reading{text: text, isSPF: policy.IsSPF(text), mentionsSPF: policy.MentionsSPF(text), isDMARC: policy.IsDMARC(text)}
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

// texts is what is known about the TXT records of a name; all of it but room is made when a rule first asks.
type texts struct {
	read  bool
	all   []txtValue
	spf   []txtValue // those of them that are SPF records
	dmarc []txtValue // those of them that are DMARC records

	keysRead bool
	keys     []dkimRecord // all of them as DKIM keys

	written  zonefile.Spelling           // of the text that was last spoken of
	readings []*reading                  // of texts that were read, here and at other names, each at its place by its hash
	led      map[zonefile.Name]*spfFound // SPF records that others lead to
	buffer   []byte                      // room for the text that is read
}

// reset makes room for another name's.
func (t *texts) reset() {
	t.all, t.spf, t.dmarc, t.read = t.all[:0], t.spf[:0], t.dmarc[:0], false
	t.keys, t.keysRead = t.keys[:0], false
}

// dkimRecord is a TXT record read as a DKIM key.
type dkimRecord struct {
	txtValue
	policy.DKIM
}

// spfFound is what a receiver that asks for the SPF record of a name is told.
type spfFound struct {
	answer zonefile.Answer // to the question for TXT
	record txtValue        // the first one
	count  int             // how many there are that differ: of more than one receivers take none (RFC 7208 §4.5)
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
		Make: func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
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
		},
		Of: []zonefile.Record{r},
	}
}
