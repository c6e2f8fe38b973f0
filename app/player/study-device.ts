/** The media element, as far as recording needs it. */
export interface Media {
  currentTime: number;
  readonly playbackRate: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly ended: boolean;
  readonly readyState: number;
  play(): Promise<void>;
  pause(): void;
}

/** The device, as far as recording needs it. */
export interface Device {
  monotonicMs(): number;
  wallMs(): number;
  visible(): boolean;
  every(ms: number, work: () => void): () => void;
  after(ms: number, work: () => void): void;
  beacon(path: string, body: string): void;
}
