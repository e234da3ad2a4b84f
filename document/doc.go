// Package document is a zone that is being edited: its files, its versions, what is wrong with it, and how it is saved: one
// way for commands and editor, which reach files and name servers through it alone.
//
// Its law: what an edit makes is a version, versions never change, and nothing reaches a file but by a save that was reviewed
// or asked for. It knows neither terminals nor flags: whoever shows a document asks, and hands the answer in as a value.
package document
