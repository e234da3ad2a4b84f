package ui

// The problems of a review: what a save would bring and what it would end, each with its place and its owner; what stays is
// counted, and shown if somebody asks.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
)

// groupedProblems is the problems of a review, those together of which the same is said. They are grouped once.
type groupedProblems struct {
	of         *lint.Report
	full       bool
	came, went []problemGroup
	before     func() []problemGroup // grouped when somebody asks
}

// problems adds what is new, what is gone, and what stays.
func (b *reviewRows) problems(f document.Findings, groups *groupedProblems, unseen []string) {
	for _, text := range unseen {
		b.wrapped(reviewRow{}, b.show(text), b.Styles.Warn)
	}
	for i, g := range groups.came {
		b.problem(fmt.Sprint("new ", i), "", g)
	}
	for i, g := range groups.went {
		b.problem(fmt.Sprint("gone ", i), "gone ", g)
	}
	stay := len(f.Serious()) - count(f.Came, lint.Warning)
	switch {
	case stay == 0 && len(f.Came)+len(f.Went) == 0:
		b.wrapped(reviewRow{}, "no problem", b.Styles.Plain)
	case stay > 0:
		b.foldRow("as before", fmt.Sprintf("%d as before", stay), b.isOpen("as before"))
		if b.isOpen("as before") {
			for i, g := range groups.before() {
				b.problem(fmt.Sprint("old ", i), "", g)
			}
		}
	}
	if !f.Full {
		b.wrapped(reviewRow{}, "rules that count over all names are not done yet", b.Styles.Dim)
	}
}

// problem adds problems of which the same is said, with the place and the owner of each.
func (b *reviewRows) problem(fold, gone string, g problemGroup) {
	style := b.severity(g[0].Severity)
	first := []draw.Span{draw.Ink(gone+g[0].Severity.Letter()+" ", style)}
	if b.each && len(g) > 1 {
		for i := range g {
			b.list.addLater(&problemSentence{&g[i], gone}, 0, b)
		}
		return
	}
	if len(g) == 1 {
		(&problemSentence{&g[0], gone}).show(b)
		return
	}
	open := b.isOpen(fold)
	r := reviewRow{fold: fold, open: open}
	b.wrapped(r, b.asWritten(g[0].OfEach()), b.Styles.Plain, append(first, draw.Ink(itoa(len(g))+" alike  ", b.Styles.Dim))...)
	if !open {
		r.spans = []draw.Span{draw.Ink("  "+b.places(g), b.Styles.Dim)}
		b.add(r)
		return
	}
	for i := range g {
		b.list.addLater(problemPlace{&g[i], gone}, 1, b)
	}
}

// problemSentence is a problem with its place, its owner and what is said of it.
type problemSentence struct {
	*lint.Diagnostic
	gone string
}

func (p *problemSentence) show(b *reviewRows) {
	first := []draw.Span{draw.Ink(p.gone+p.Severity.Letter()+" ", b.severity(p.Severity)), draw.Ink(b.where(*p.Diagnostic)+"  ", b.Styles.Dim)}
	b.wrapped(reviewRow{to: b.spotOf(*p.Diagnostic, p.gone)}, b.kit.asWritten(p.Message), b.Styles.Plain, first...)
}

func (p *problemSentence) says(to []byte, b *reviewRows) []byte {
	return append(to, p.gone+p.Severity.Letter()+" "+b.where(*p.Diagnostic)+" "+b.kit.asWritten(p.Message)...)
}

// problemPlace is the place and the owner of one of several problems that are alike.
type problemPlace struct {
	*lint.Diagnostic
	gone string
}

func (p problemPlace) show(b *reviewRows) {
	b.add(reviewRow{to: b.spotOf(*p.Diagnostic, p.gone), spans: []draw.Span{draw.Ink("    "+b.where(*p.Diagnostic), b.Styles.Plain)}})
}

func (p problemPlace) says(to []byte, b *reviewRows) []byte {
	return append(to, b.where(*p.Diagnostic)...)
}

// where is the line of a problem, with its file unless that is the zone's own, and its owner.
func (b *reviewRows) where(p lint.Diagnostic) string {
	line := itoa(p.Position().Line)
	if p.File.Name() != b.doc.Zone().Root().Name() {
		line = b.show(p.File.Name()) + ":" + line
	}
	return strings.TrimRight(line+" "+b.ownerOf(p.Owner()), " ")
}

// places is where problems are that are alike, as many as a row has room for.
func (b *reviewRows) places(g problemGroup) string {
	text := ""
	for i, p := range g {
		word := b.where(p)
		if i > 0 {
			word = ", " + word
		}
		if ansi.StringWidth(text+word)+8 > b.width-markWidth && i > 0 {
			return fmt.Sprintf("%s +%d", text, len(g)-i)
		}
		text += word
	}
	return text
}

// spotOf is where a problem leads to: of one that is gone the name is left.
func (b *reviewRows) spotOf(p lint.Diagnostic, gone string) func() spot {
	return func() spot {
		switch owner := p.Owner(); {
		case gone == "":
			return spot{at: document.At(p.File.Name(), p.Span.Start)}
		case b.doc.Zone().Exists(owner):
			return spot{name: owner}
		}
		return spot{why: "this problem is gone, and its name with it"}
	}
}
