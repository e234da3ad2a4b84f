// Package probe asks the network, and says what came and what it means for mail.
//
// Its law: it asks what it is given to ask and nothing else; an answer is one only where it is sure; what did not answer,
// or was not asked, is told as that and never as missing. It knows neither rules nor routes: they are given its answers as
// facts from outside, by package document. Its files net_*.go are the only ones of the program that open connections,
// which a test of the sources holds.
package probe
