// Where somebody stands who is not in the app yet.
export interface Step {
  readonly at: 'welcome' | 'sign_up' | 'sign_in' | 'second_factor' | 'recover' | 'asking' | 'code' | 'consent'
}
