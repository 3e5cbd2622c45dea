// Package pki is the bed's certificate authority and the kubeconfigs made from it.
package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Authority signs certificates and keeps them as files in one directory.
type Authority struct {
	dir  string
	cert *x509.Certificate
	key  crypto.Signer
}

// Identity is whom a certificate speaks for. Hosts make it a serving certificate too.
type Identity struct {
	File   string
	Name   string
	Groups []string
	Hosts  []string
}

// Open reads the authority in the directory, or makes it.
func Open(dir string) (*Authority, error) {
	a := &Authority{dir: dir}
	if _, err := os.Stat(a.Cert("ca")); err == nil {
		return a, a.load()
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "muster test bed"},
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature,
	}
	a.key, a.cert = key, template
	if err := a.write("ca", template, key); err != nil {
		return nil, err
	}
	return a, a.load()
}

func (a *Authority) Cert(name string) string { return filepath.Join(a.dir, name+".crt") }
func (a *Authority) Key(name string) string  { return filepath.Join(a.dir, name+".key") }

// Issue makes the certificate once; later calls keep the files there are.
func (a *Authority) Issue(id Identity) error {
	if _, err := os.Stat(a.Cert(id.File)); err == nil {
		return nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		Subject:     pkix.Name{CommonName: id.Name, Organization: id.Groups},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
	}
	for _, host := range id.Hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	return a.write(id.File, template, key)
}

func (a *Authority) write(name string, template *x509.Certificate, key *ecdsa.PrivateKey) error {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return err
	}
	now := time.Now()
	template.SerialNumber = serial
	template.NotBefore, template.NotAfter = now.Add(-time.Hour), now.AddDate(1, 0, 0)
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		return err
	}
	if err := writeKey(a.Key(name), key); err != nil {
		return err
	}
	return os.WriteFile(a.Cert(name), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644)
}

// TokenKey makes the key pair that signs service account tokens.
func (a *Authority) TokenKey(name string) error {
	if _, err := os.Stat(a.Key(name)); err == nil {
		return nil
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	return writeKey(a.Key(name), key)
}

func writeKey(file string, key crypto.Signer) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600)
}

func (a *Authority) load() error {
	cert, err := decode(a.Cert("ca"))
	if err != nil {
		return err
	}
	if a.cert, err = x509.ParseCertificate(cert); err != nil {
		return err
	}
	key, err := decode(a.Key("ca"))
	if err != nil {
		return err
	}
	parsed, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	a.key = parsed.(crypto.Signer)
	return nil
}

func decode(file string) ([]byte, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(content)
	if block == nil {
		return nil, fmt.Errorf("%s is not PEM: run `testbed down`, then `up`", file)
	}
	return block.Bytes, nil
}
