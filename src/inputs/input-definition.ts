/** An input of an action, which is a flag of the same name on the command line. */
export interface InputDefinition {
  readonly name: string;
  readonly default: string;
  readonly description: string;
}
