// Package s3 runs the bed's object store: versitygw over TLS, with versions,
// object lock and users.
package s3

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"muster.dev/testbed/pki"
	"muster.dev/testbed/proc"
)

// Bucket is what `up` makes, with versioning and object lock.
const Bucket = "muster"

// Store is one store in one directory.
type Store struct {
	Dir       string
	Host      string
	Authority *pki.Authority
	Keeper    proc.Keeper
	Tool      func(string) (string, error)
	Env       []string
}

func (s Store) Endpoint() string { return "https://" + s.Host + ":7070" }

// Users are the store's credentials.
func (s Store) Users() (Users, error) { return users(filepath.Join(s.Dir, "users.json")) }

// Up starts the store and makes its users and bucket where they are missing.
func (s Store) Up(ctx context.Context) error {
	for _, dir := range []string{"data", "versions", "iam"} {
		if err := os.MkdirAll(filepath.Join(s.Dir, dir), 0o755); err != nil {
			return err
		}
	}
	known, err := s.Users()
	if err != nil {
		return err
	}
	path, err := s.Tool("versitygw")
	if err != nil {
		return err
	}
	if err := s.Keeper.Start(ctx, s.spec(path, known.Root)); err != nil {
		return err
	}
	for _, user := range []Credentials{known.Muster, known.Reader} {
		if err := s.ensureUser(ctx, known.Root, user); err != nil {
			return err
		}
	}
	return s.ensureBucket(ctx, known)
}

func (s Store) spec(path string, root Credentials) proc.Spec {
	return proc.Spec{
		Name: "versitygw",
		Path: path,
		Args: []string{
			"--port", s.Host + ":7070", "--quiet",
			"--cert", s.Authority.Cert("serving"), "--key", s.Authority.Key("serving"),
			"--iam-dir", filepath.Join(s.Dir, "iam"), "--iam-cache-disable",
			"posix", "--versioning-dir", filepath.Join(s.Dir, "versions"), filepath.Join(s.Dir, "data"),
		},
		Env: append(append([]string{}, s.Env...),
			"ROOT_ACCESS_KEY="+root.Access, "ROOT_SECRET_KEY="+root.Secret, "VGW_REGION="+region),
		Ready: func(ctx context.Context) error {
			status, answer, err := s.send(ctx, root, http.MethodGet, "/", "", "", nil)
			return expect("list buckets", status, answer, err, http.StatusOK)
		},
	}
}

// ensureUser uses the store's administration calls, whose bodies keep secrets out of argument lists.
func (s Store) ensureUser(ctx context.Context, root, user Credentials) error {
	status, answer, err := s.send(ctx, root, http.MethodPatch, "/list-users", "", "", nil)
	if err := expect("list users", status, answer, err, http.StatusOK); err != nil {
		return err
	}
	if strings.Contains(answer, "<Access>"+user.Access+"</Access>") {
		return nil
	}
	account := fmt.Sprintf("<Account><Access>%s</Access><Secret>%s</Secret><Role>user</Role></Account>", user.Access, user.Secret)
	status, answer, err = s.send(ctx, root, http.MethodPatch, "/create-user", "", account, nil)
	return expect("make user "+user.Access, status, answer, err, http.StatusOK, http.StatusCreated)
}

// Down ends the store.
func (s Store) Down() error {
	if !s.Keeper.Alive("versitygw") {
		return nil
	}
	return s.Keeper.Stop("versitygw", 5*time.Second)
}
