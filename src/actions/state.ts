/** Keys of what the main step leaves for its post step. No secret is ever among the values. */
export const State = {
  /** Set where the main step has begun: what runs then is the post step. */
  isPost: 'is-post',
  /** The run's private folder, with the registry's login in it. */
  workspace: 'workspace',
} as const;
