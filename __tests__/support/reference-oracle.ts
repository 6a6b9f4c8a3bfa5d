import { runGo } from './go-oracle.js';

/** What Go's own library says of image references; the one that podman, buildah and skopeo carry a copy of. */
const PROGRAM = `package main

import (
	_ "crypto/sha256"
	_ "crypto/sha512"
	"encoding/json"
	"os"

	"github.com/distribution/reference"
)

type answer struct{ Registry, Path, Tag, Digest, Whole string }

func main() {
	var given []string
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	answers := make([]*answer, len(given))
	for i, text := range given {
		named, err := reference.ParseNormalizedNamed(text)
		if err != nil {
			continue
		}
		a := &answer{Registry: reference.Domain(named), Path: reference.Path(named), Whole: named.String()}
		if tagged, ok := named.(reference.Tagged); ok {
			a.Tag = tagged.Tag()
		}
		if digested, ok := named.(reference.Digested); ok {
			a.Digest = digested.Digest().String()
		}
		answers[i] = a
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
`;

export interface GoReference {
  Registry: string;
  Path: string;
  /** Empty where there is none. */
  Tag: string;
  /** Empty where there is none. */
  Digest: string;
  Whole: string;
}

/** For each text what it is, or null where Go refuses it; all of them in one run. */
export async function askGoForReferences(texts: readonly string[]): Promise<(GoReference | null)[]> {
  const requires = ['github.com/distribution/reference v0.6.0', 'github.com/opencontainers/go-digest v1.0.0'];
  const sums = [
    'github.com/distribution/reference v0.6.0 h1:0IXCQ5g4/QMHHkarYzh5l+u8T3t73zM5QvfrDyIgxBk=',
    'github.com/distribution/reference v0.6.0/go.mod h1:BbU0aIcezP1/5jX/8MP0YiH4SdvB5Y4f/wlDRiLyi3E=',
    'github.com/opencontainers/go-digest v1.0.0 h1:apOUWs51W5PlhuyGyz9FCeeBIOUDA/6nW8Oi/yOhh5U=',
    'github.com/opencontainers/go-digest v1.0.0/go.mod h1:0JzlMkj0TRzQZfJkVvzbP0HBR3IKzErnv2BNG4W4MAM=',
  ];
  return JSON.parse(await runGo(PROGRAM, requires, sums, JSON.stringify(texts)));
}
