package plane

import (
	"errors"
	"time"
)

// Down ends the API server and etcd, in that order.
func (p Plane) Down() error {
	var errs []error
	for _, name := range []string{"kube-apiserver", "etcd"} {
		if p.Keeper.Alive(name) {
			errs = append(errs, p.Keeper.Stop(name, 10*time.Second))
		}
	}
	return errors.Join(errs...)
}
