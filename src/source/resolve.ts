import type { SourceRequest } from '../inputs/requests.js';
import { folderSource } from './folder-source.js';
import { gitSource } from './git-source.js';
import { moduleSource } from './module-source.js';
import type { ResolvedSource, SourceContext } from './source.js';

/** Finds what the user asked for; each kind of source has a file of its own. */
export function resolveSource(request: SourceRequest, context: SourceContext): Promise<ResolvedSource> {
  switch (request.type) {
    case 'module':
      return moduleSource(request.version, context);
    case 'git-tag':
    case 'git-commit':
      return gitSource(request, context);
    case 'folder':
      return folderSource(request.path, request.version);
  }
}
