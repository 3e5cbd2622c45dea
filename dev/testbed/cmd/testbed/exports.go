package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/s3"
	"muster.dev/testbed/tools"
)

// exports writes what a shell evaluates to use a bed.
func exports(out io.Writer, bed layout.Bed, store s3.Store, commands ...string) error {
	users, err := store.Users()
	if err != nil {
		return err
	}
	pairs := [][2]string{
		{"KUBECONFIG", bed.Kubeconfig()},
		{"MUSTER_S3_ENDPOINT", store.Endpoint()},
		{"MUSTER_S3_CA", bed.StoreCA()},
		{"MUSTER_S3_BUCKET", s3.Bucket},
		{"AWS_REGION", "us-east-1"},
		{"AWS_ACCESS_KEY_ID", users.Muster.Access},
		{"AWS_SECRET_ACCESS_KEY", users.Muster.Secret},
		{"MUSTER_S3_READ_ACCESS_KEY_ID", users.Reader.Access},
		{"MUSTER_S3_READ_SECRET_ACCESS_KEY", users.Reader.Secret},
		{"MUSTER_S3_ROOT_ACCESS_KEY_ID", users.Root.Access},
		{"MUSTER_S3_ROOT_SECRET_ACCESS_KEY", users.Root.Secret},
		{"MUSTER_AUDIT_LOG", bed.Path("logs", "audit.log")},
	}
	return write(out, pairs, commands)
}

// outside is what the user of another cluster says of it and of its store.
var outside = []string{
	"KUBECONFIG", "MUSTER_S3_ENDPOINT", "MUSTER_S3_CA", "MUSTER_S3_BUCKET", "AWS_ACCESS_KEY_ID",
	"AWS_SECRET_ACCESS_KEY", "MUSTER_S3_READ_ACCESS_KEY_ID", "MUSTER_S3_READ_SECRET_ACCESS_KEY",
}

func outsideExports(out io.Writer, commands ...string) error {
	pairs := [][2]string{{"AWS_REGION", cmp.Or(os.Getenv("AWS_REGION"), "us-east-1")}}
	var missing []string
	for _, name := range outside {
		if os.Getenv(name) == "" {
			missing = append(missing, name)
		}
		pairs = append(pairs, [2]string{name, os.Getenv(name)})
	}
	if len(missing) > 0 {
		return fmt.Errorf("MUSTER_CLUSTER=external needs these variables, too: %s", strings.Join(missing, ", "))
	}
	return write(out, pairs, commands)
}

func write(out io.Writer, pairs [][2]string, commands []string) error {
	for _, command := range commands {
		path, err := tools.FromEnvironment().Path(command)
		if err != nil {
			return err
		}
		pairs = append(pairs, [2]string{variable[command], path})
	}
	for _, pair := range pairs {
		value := strings.ReplaceAll(pair[1], "'", `'\''`)
		if _, err := fmt.Fprintf(out, "export %s='%s'\n", pair[0], value); err != nil {
			return err
		}
	}
	return nil
}

var variable = map[string]string{
	"kubectl":    "MUSTER_KUBECTL",
	"helm":       "MUSTER_HELM",
	"age":        "MUSTER_AGE",
	"age-keygen": "MUSTER_AGE_KEYGEN",
}
