package corpus

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestReviewsAreDistinctAndOfRealSize(t *testing.T) {
	reviews, err := Reviews("../../../webhook/src/test/resources/workloads", 2_000, 1)
	if err != nil {
		t.Fatal(err)
	}
	seen, total := map[string]bool{}, 0
	for _, review := range reviews {
		if !json.Valid(review) {
			t.Fatalf("not JSON: %.200s", review)
		}
		seen[string(review)] = true
		total += len(review)
	}
	if len(seen) != len(reviews) {
		t.Errorf("%d of %d reviews are distinct", len(seen), len(reviews))
	}
	if mean := total / len(reviews); mean < 4<<10 || mean > 8<<10 {
		t.Errorf("%d bytes on average", mean)
	}
}

func TestTheSameSeedGivesTheSameReviews(t *testing.T) {
	first, _ := Reviews("../../../webhook/src/test/resources/workloads", 50, 7)
	again, _ := Reviews("../../../webhook/src/test/resources/workloads", 50, 7)
	if !bytes.Equal(bytes.Join(first, nil), bytes.Join(again, nil)) {
		t.Error("two corpora differ")
	}
}
