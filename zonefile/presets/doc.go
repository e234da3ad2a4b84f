// Package presets has the records that providers of mail ask a domain for, as data: one file each, of what the provider's own page
// says, with its address and its date.
//
// Its law: nothing is guessed. What belongs to an account is asked; a value that lacks, a key that nobody knows and a record that would
// be none are told with the file and the line. What a provider's page does not say stands in no preset.
//
// The package knows no files of the machine and no clock: the text of a preset comes in.
package presets
