// Package lint finds what is wrong with the mail side of zones, says where and why, and offers edits
// that put it right.
//
// A rule is a struct value with a Check that is called once for every owner name it cares about. It
// sees the zone only through its Pass, which remembers what was looked up; so the run after an edit
// knows by itself which names the edit can reach, and no rule has to. Rules are pure functions of zones
// and options: no disk, no network, no clock.
//
// A zone file says nothing about names outside it or below a delegation, and nobody here claims
// anything about those. Names that a $GENERATE or an $INCLUDE that was not read might make count as
// unknown, too.
package lint
