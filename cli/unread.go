package cli

// A zone that cannot be read is told in every format: a report that leaves it out says that all is well with it, and a
// code scanner closes what it had found there.

import (
	"errors"
	"strings"

	"github.com/mailzone/mailzone/lint"
)

// unread is a zone file that could not be read, and why.
type unread struct {
	path, why  string
	zone, view string // as the name server has it; "" where it was not asked
}

// newUnread is an error of reading a zone file. The place is told beside it.
func newUnread(path string, err error) unread {
	if u := new(usageError); errors.As(err, u) { // which flag would help is for who sits before a terminal
		if plain := errors.Unwrap(u.error); plain != nil {
			err = plain
		}
	}
	why := strings.TrimPrefix(err.Error(), fullPath(path)+": ")
	return unread{path: path, why: strings.TrimPrefix(why, path+": ")}
}

// unreadOf is the zone files that could not be read.
func unreadOf(all []examined) (list []unread) {
	for _, x := range all {
		if x.err != nil {
			list = append(list, newUnread(x.path, x.err))
		}
	}
	return list
}

// unreadZone is one in JSON: a finding without a place in the file.
type unreadZone struct {
	Zone     string       `json:"zone"`
	View     text         `json:"view"`
	File     text         `json:"file"`
	Severity string       `json:"severity"`
	Rule     string       `json:"rule"`
	URL      string       `json:"url"` // of the page that tells of it
	Message  text         `json:"message"`
	Related  []related    `json:"related"`
	Fixes    []findingFix `json:"fixes"`
}

// json is it in JSON.
func (u unread) json() unreadZone {
	return unreadZone{u.zone, text(u.view), text(u.path), lint.Error.String(), lint.Unreadable, lint.UnreadableURL, text(u.why), []related{}, []findingFix{}}
}
