/** What is known beforehand of one Go release on one kind of host. */
export interface KnownGo {
  /** SHA-256 of the official `goVERSION.OS-ARCH.tar.gz`; 64 lower-case hex digits. */
  readonly archiveSha256: string;
  /** `treeHash` of the official tree, as `hashGoroot` makes it. */
  readonly treeHash: string;
}

/** Go version (without `go`) → host as Go names it (`linux/amd64`) → what is known. */
export type KnownGoReleases = Readonly<Record<string, Readonly<Record<string, KnownGo>>>>;

/**
 * Releases whose checksums are committed, so that neither a mirror nor an edited cache can bring another Go.
 *
 * Where the values come from: `treeHash` was measured over the toolchain modules `golang.org/toolchain@v0.0.1-go…`, each
 * checked against the checksum database; `archiveSha256` is the published sum, and each archive was also rebuilt bit by
 * bit from the files of the checked module with Go's own `cmd/distpack` (the ones for macOS compressed anew with the Go
 * of the release machinery, which puts signed binaries into them).
 */
export const KNOWN_GO_RELEASES: KnownGoReleases = {
  '1.26.8': {
    'darwin/amd64': {
      archiveSha256: '186be014105aa6542b767d2c6ed5cca10a0214bdff809ef1724022a8c7894150',
      treeHash: 'h1:kLmxnV04K/SR6AbDu7TpqDzw/0GWeDm7RnoI7R6sAnc=',
    },
    'darwin/arm64': {
      archiveSha256: 'a012b25b571bd0138a03dcd25375ceba866fe5ca822f426d2c66a4de56fd3f4b',
      treeHash: 'h1:r7FlM7ah6oIUUDzVG/cgnChiyC0QaqKZDYmPNd19IzI=',
    },
    'linux/amd64': {
      archiveSha256: 'd0f743b33e8d8945e6b1f432edd15785c70507121d6e2a723b21285eddf8b57b',
      treeHash: 'h1:FvDi5LA6fHaHSx1M2OSfqR1E8Bcsm4SMMyLOl8IqIms=',
    },
    'linux/arm64': {
      archiveSha256: '211ffced9dcb9633a55eac6364816ec0ddd951389a740e88fa8b3337971bdda0',
      treeHash: 'h1:MRxKH4l3eM2uPzepQGRjz+yXgn5GqANbz8cBvY/kKks=',
    },
  },
};
