/** What is known of a release of upstream, measured once and never asked for again. */
export interface Release {
  /** Hash of the module zip, as the Go checksum database has it. */
  readonly sum: string;
  /** When it was released: `Time` of the module proxy, as seconds since 1970. No checksum database holds it. */
  readonly time: number;
  /** The Go that builds it unless the user names another. */
  readonly go: string;
}

/** Module path of upstream. */
export const UPSTREAM_MODULE = 'github.com/prometheus/pushgateway';
/** Git repository of upstream. */
export const UPSTREAM_GIT = 'https://github.com/prometheus/pushgateway';

/** The release that is built where nobody asks for another. */
export const DEFAULT_RELEASE = '1.11.3';
/** The Go for releases that are not listed here. */
export const DEFAULT_GO = '1.26.8';

/** Sums and times of known releases. They win over what a proxy says (design, section 5). */
export const RELEASES: Readonly<Record<string, Release>> = {
  '1.11.3': { sum: 'h1:aQqFNNz4wD95VfZ4tYRb5sK83FOu5xahPs3266+FZRE=', time: 1779894590, go: DEFAULT_GO },
  '1.11.1': { sum: 'h1:KKVSd7IP03oWdTrsiLjWzyO8Lvtu/Ie35dJYBEp19iA=', time: 1744204492, go: DEFAULT_GO },
  '1.9.0': { sum: 'h1:su/mfFJY1XBhXebXjudn/vFoVCeCgBopQ0vPoHrFRe0=', time: 1717858629, go: DEFAULT_GO },
  '1.4.0': { sum: 'h1:C8hlznwBoo/zAqt9aHyWIdr4eTRvm0E2opM1J0u1ME0=', time: 1611359224, go: DEFAULT_GO },
};
