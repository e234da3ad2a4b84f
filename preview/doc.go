// Package preview says what a sending mail server does with a zone, before the zone is published.
//
// The law of the package: a [Delivery] is a pure function of the loaded zones and a [Query]. Nothing is
// looked up, no clock is read. What the zones cannot know is called unknown or not checked, never broken.
//
// [Route] follows RFC 5321 §5.1 step by step; each step stands in a function with its section. [Compare]
// says in an operator's words whose mail goes elsewhere after an edit, [Map] lists every name that can
// receive mail, and [Plan] turns the TTLs of the zone into the timetable of a migration.
//
// Hosts of equal preference form a [Tier]: a sender draws among them at random, so no order is shown.
// What real mail servers do otherwise than the RFC was observed on them: a [Profile] changes order, limits
// and shares to match one of them, and the notes of a Delivery name the servers that differ.
package preview
