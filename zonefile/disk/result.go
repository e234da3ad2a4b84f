//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"
	"strings"
)

// This file says how a save ended, for each of its files.

// A Result tells how a save ended.
type Result struct {
	Outcome Outcome
	Message string   // one line: the outcome, the file, and for a failure the reason and the remedy
	Notes   []string // what the user should know besides
}

// results makes the messages and lets go of what the candidates still hold.
func (s *save) results() []Result {
	results := make([]Result, len(s.steps))
	count := map[Outcome]int{}
	for i, st := range s.steps {
		results[i] = st.result()
		if st.candidate != nil {
			st.candidate.release()
			count[st.outcome]++
		}
	}
	s.endRecord(count)
	return results
}

// endRecord removes the record, unless a file is torn, or some are new and others old.
func (s *save) endRecord(count map[Outcome]int) {
	switch {
	case s.record == nil, s.lent:
	case count[Torn] > 0, count[Untouched] > 0 && count[Saved]+count[Unconfirmed] > 0:
		s.record.release()
	default:
		s.record.remove()
	}
}

// result is the result of one step.
func (st *step) result() Result {
	r := Result{Outcome: st.outcome, Notes: st.notes}
	if st.candidate != nil {
		r.Notes = append(r.Notes, st.candidate.remarks()...)
	}
	switch {
	case st.outcome != Saved:
		r.Message = (&SaveError{st.outcome, st.err}).Error()
	case st.candidate == nil:
		r.Message = fmt.Sprintf("%v: %s had these %d bytes already", st.outcome, st.File.Path(), len(st.New))
	default:
		r.Message = fmt.Sprintf("%v: %s, %d bytes", st.outcome, st.File.Path(), len(st.New))
	}
	r.Message = strings.ReplaceAll(r.Message, "\n", "; ")
	return r
}
