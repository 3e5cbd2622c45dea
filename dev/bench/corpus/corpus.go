// Package corpus makes admission reviews out of the manifests in a folder.
package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"sigs.k8s.io/yaml"
)

// enough is the size of a review, in bytes, above which nothing is added.
const enough = 6 << 10

type object = map[string]any

// Reviews makes count different reviews, the same for the same seed: creations of StatefulSets and
// of their Pods, and updates, as a cluster that is being deployed to sends them.
func Reviews(folder string, count int, seed uint64) ([][]byte, error) {
	manifests, err := read(folder)
	if err != nil {
		return nil, err
	}
	dice := rand.New(rand.NewPCG(seed, seed))
	reviews := make([][]byte, count)
	for i := range reviews {
		if reviews[i], err = review(manifests[dice.IntN(len(manifests))], dice); err != nil {
			return nil, err
		}
	}
	return reviews, nil
}

// read returns the StatefulSets as JSON. The first document of a file says what to expect.
func read(folder string) ([][]byte, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var sets [][]byte
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		_, manifest, _ := bytes.Cut(text, []byte("\n---\n"))
		set, err := yaml.YAMLToJSON(manifest)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if bytes.Contains(set, []byte(`"kind":"StatefulSet"`)) {
			sets = append(sets, set)
		}
	}
	if len(sets) == 0 {
		return nil, fmt.Errorf("no manifest of a StatefulSet in %s", folder)
	}
	return sets, nil
}

func review(manifest []byte, dice *rand.Rand) ([]byte, error) {
	var set object
	if err := json.Unmarshal(manifest, &set); err != nil {
		return nil, err
	}
	name := word(dice, 12)
	metadata := set["metadata"].(object)
	metadata["name"], metadata["namespace"], metadata["uid"] = name, word(dice, 8), uid(dice)
	renameImages(template(set), dice)
	request := object{
		"uid":         uid(dice),
		"kind":        object{"group": "apps", "version": "v1", "kind": "StatefulSet"},
		"resource":    object{"group": "apps", "version": "v1", "resource": "statefulsets"},
		"requestKind": object{"group": "apps", "version": "v1", "kind": "StatefulSet"},
		"name":        name,
		"namespace":   metadata["namespace"],
		"operation":   "CREATE",
		"userInfo":    object{"username": "system:serviceaccount:deploy:" + word(dice, 6), "groups": []string{"system:authenticated"}},
		"object":      set,
		"oldObject":   nil,
		"dryRun":      false,
		"options":     object{"kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1", "fieldManager": "helm"},
	}
	switch dice.IntN(5) {
	case 0:
		asPod(request, set, dice)
	case 1:
		request["operation"], request["oldObject"] = "UPDATE", set
	}
	return sized(request)
}

func template(set object) object {
	return set["spec"].(object)["template"].(object)
}

// renameImages gives each image another registry and tag, so that no two reviews are alike.
func renameImages(template object, dice *rand.Rand) {
	for _, each := range template["spec"].(object)["containers"].([]any) {
		container := each.(object)
		image, _ := container["image"].(string)
		container["image"] = fmt.Sprintf("%s.example.com/%s", word(dice, 6), image)
	}
}

func asPod(request, set object, dice *rand.Rand) {
	kind := object{"group": "", "version": "v1", "kind": "Pod"}
	request["kind"], request["requestKind"] = kind, kind
	request["resource"] = object{"group": "", "version": "v1", "resource": "pods"}
	pod := object{"apiVersion": "v1", "kind": "Pod", "spec": template(set)["spec"]}
	from := set["metadata"].(object)
	name := from["name"].(string) + "-0"
	request["name"] = name
	pod["metadata"] = object{"name": name, "namespace": from["namespace"], "labels": from["labels"], "uid": uid(dice)}
	request["object"] = pod
}

// sized adds what the API server keeps about who set which field: once for small objects, and for
// those that are still small once more, as after a second client.
func sized(request object) ([]byte, error) {
	review := object{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
	subject := request["object"].(object)
	fields := fieldsOf(object{"metadata": object{"labels": subject["metadata"].(object)["labels"]}, "spec": subject["spec"]})
	var managers []any
	for _, manager := range []string{"helm", "kubectl-client-side-apply"} {
		text, err := json.Marshal(review)
		if err != nil || len(text) > enough {
			return text, err
		}
		managers = append(managers, object{
			"manager": manager, "operation": "Update", "apiVersion": "apps/v1", "time": "2026-11-02T09:41:07Z",
			"fieldsType": "FieldsV1", "fieldsV1": fields,
		})
		subject["metadata"].(object)["managedFields"] = managers
	}
	return json.Marshal(review)
}

// fieldsOf is the shape of FieldsV1: f:NAME for each field, k:{"name":...} for each item of a list.
func fieldsOf(value any) object {
	fields := object{}
	switch value := value.(type) {
	case object:
		for name, each := range value {
			fields["f:"+name] = fieldsOf(each)
		}
	case []any:
		for _, each := range value {
			if item, ok := each.(object); ok && item["name"] != nil {
				fields[fmt.Sprintf(`k:{"name":%q}`, item["name"])] = fieldsOf(each)
			}
		}
	}
	return fields
}

func word(dice *rand.Rand, length int) string {
	letters := make([]byte, length)
	for i := range letters {
		letters[i] = 'a' + byte(dice.IntN(26))
	}
	return string(letters)
}

func uid(dice *rand.Rand) string {
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x",
		dice.Uint32(), dice.IntN(1<<16), dice.IntN(1<<12), dice.IntN(1<<12), dice.Int64N(1<<48))
}
