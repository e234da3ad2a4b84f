package cli

// The certificates and keys that hosts show, in the files that the user names.

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// hostFile is a host and the file that has what it shows.
type hostFile struct {
	host zonefile.Name
	file string
}

// parseHostFile takes HOST=FILE apart.
func parseHostFile(text string) (h hostFile, err error) {
	host, file, _ := strings.Cut(text, "=")
	if file == "" {
		return h, errors.New("write HOST=FILE")
	}
	h.file = file
	if h.host, err = zonefile.ParseName(host, zonefile.Root); err == nil && h.host.Parent() == zonefile.Root {
		err = fmt.Errorf("say the whole name of the host, as %s.example.com", strings.TrimSuffix(host, "."))
	}
	return h, err
}

// maxCertificate is how many octets a certificate file has at most.
const maxCertificate = 1 << 20

// readKeyFile reads the file of a certificate or a key.
func readKeyFile(file string) (policy.KeyFile, error) {
	text, err := document.ReadSnippet(file, maxCertificate)
	if err == nil && len(text) > maxCertificate {
		err = errors.New("no certificate has so many octets")
	}
	if err != nil {
		return policy.KeyFile{}, err
	}
	return policy.ReadKeyFile([]byte(text))
}

// certificate is what a host shows by its file.
func (h hostFile) certificate() (lint.Certificate, error) {
	key, err := readKeyFile(h.file)
	return lint.Certificate{Host: h.host, File: h.file, Identity: key.Identity}, err
}
