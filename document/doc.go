// Package document is a zone that is being edited: its files, its versions, what is wrong with it, and how it is saved.
//
// Its law: what an edit makes is a version, versions never change, and nothing reaches a file but by a save that was reviewed
// or asked for. It knows neither terminals nor flags: whoever shows a document asks, and hands the answer in as a value.
package document
