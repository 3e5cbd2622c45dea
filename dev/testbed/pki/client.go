package pki

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"time"
)

// Client trusts this authority alone and presents the named certificate, if one is named.
func (a *Authority) Client(name string) (*http.Client, error) {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	config := &tls.Config{RootCAs: pool}
	if name != "" {
		pair, err := tls.LoadX509KeyPair(a.Cert(name), a.Key(name))
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return &http.Client{
		Timeout:   5 * time.Second,
		Transport: &http.Transport{TLSClientConfig: config, DisableKeepAlives: true},
	}, nil
}

// CA is the authority's certificate in PEM.
func (a *Authority) CA() ([]byte, error) { return os.ReadFile(a.Cert("ca")) }
