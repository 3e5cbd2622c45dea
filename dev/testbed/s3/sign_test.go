package s3

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// The example of the signature's own documentation ("GET Bucket Lifecycle").
func TestSignatureEqualsTheDocumentedExample(t *testing.T) {
	request, err := http.NewRequest(http.MethodGet, "https://examplebucket.s3.amazonaws.com/?lifecycle=", nil)
	if err != nil {
		t.Fatal(err)
	}
	known := Credentials{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}

	sign(request, known, "lifecycle=", "", time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC))

	const want = "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
	if got := request.Header.Get("Authorization"); !strings.HasSuffix(got, want) {
		t.Fatalf("got %s", got)
	}
}
