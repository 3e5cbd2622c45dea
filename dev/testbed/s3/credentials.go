package s3

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
)

// Credentials are one user's.
type Credentials struct {
	Access string `json:"access"`
	Secret string `json:"secret"`
}

// Users of the store: root makes buckets and stands above policies, muster
// reads and writes, muster-read only reads.
type Users struct {
	Root   Credentials `json:"root"`
	Muster Credentials `json:"muster"`
	Reader Credentials `json:"reader"`
}

// users reads the store's credentials, or makes them up on the first run.
func users(file string) (Users, error) {
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		fresh := Users{
			Root:   Credentials{"muster-root", rand.Text()},
			Muster: Credentials{"muster", rand.Text()},
			Reader: Credentials{"muster-read", rand.Text()},
		}
		if content, err = json.Marshal(fresh); err != nil {
			return fresh, err
		}
		return fresh, os.WriteFile(file, content, 0o600)
	}
	if err != nil {
		return Users{}, err
	}
	var known Users
	return known, json.Unmarshal(content, &known)
}
