import { createHash } from 'node:crypto';
import { ComponentType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums';
import { Bom, Component, HashDictionary, Property, Tool } from '@cyclonedx/cyclonedx-library/Models';
import { JSON as CycloneDxJson, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import type { BuildInfo, BuildModule } from '../compile/build-info.js';
import { type BuildSpec, specDigest } from '../spec/build-spec.js';
import { PROJECT_URL } from '../spec/image-labels.js';
import { type Platform, platformName } from '../spec/platform.js';

/**
 * The CycloneDX 1.6 document of one platform's binary: its modules as Go recorded them in it, and Go's standard library.
 * A function of the spec, the platform and the binary: the serial number is made of these and the time is the epoch.
 * @param binarySha256 lower-case hex
 */
export function sbomJson(spec: BuildSpec, platform: Platform, buildInfo: BuildInfo, binarySha256: string): string {
  const bom = new Bom();
  bom.serialNumber = serialNumber(specDigest(spec), platform, binarySha256);
  bom.metadata.timestamp = new Date(spec.sourceDateEpoch * 1000);
  bom.metadata.tools.tools.add(
    new Tool({ vendor: 'k0sproject', name: PROJECT_URL.slice(PROJECT_URL.lastIndexOf('/') + 1) }),
  );
  const main = new Component(ComponentType.Application, buildInfo.main.path, {
    version: spec.version,
    bomRef: purl(buildInfo.main.path, spec.version),
    purl: purl(buildInfo.main.path, spec.version),
    hashes: new HashDictionary([[HashAlgorithm['SHA-256'], binarySha256]]),
  });
  for (const [name, value] of [['platform', platformName(platform)], ...buildInfo.settings]) {
    main.properties.add(
      new Property(name === 'platform' ? 'pushgateway-ttl:platform' : `golang:build:${name}`, value ?? ''),
    );
  }
  bom.metadata.component = main;
  const standard = { path: 'std', version: buildInfo.goVersion.replace(/^go/, ''), sum: '' };
  for (const dependency of [standard, ...buildInfo.deps]) {
    const component = library(dependency);
    bom.components.add(component);
    main.dependencies.add(component.bomRef);
  }
  const serializer = new JsonSerializer(new CycloneDxJson.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function library({ path, version, sum }: BuildModule): Component {
  const component = new Component(ComponentType.Library, path, {
    version,
    bomRef: purl(path, version),
    purl: purl(path, version),
  });
  // Not the SHA-256 of any one file, but Go's hash of the module (dirhash Hash1): said as a property, not as a hash.
  if (sum !== '') component.properties.add(new Property('golang:sum', sum));
  return component;
}

/** Package URL of a Go module (purl-spec, type golang). */
function purl(path: string, version: string): string {
  return `pkg:golang/${path.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;
}

/** A UUID in the form of RFC 9562 version 8, made of what the document is about. */
function serialNumber(...parts: readonly [string, Platform, string]): string {
  const [spec, platform, binary] = parts;
  const bytes = createHash('sha256')
    .update(`${spec}\n${platformName(platform)}\n${binary}\n`)
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
