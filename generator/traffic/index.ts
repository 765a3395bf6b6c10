/**
 * Traffic of QMP, agent and storage daemon: recorded, served again, and held against programs and
 * servers. The folders: `json` (exact values), `file` (recordings, ours and those of the project's
 * transcripts), `record` (a proxy that writes them), `replay` (a server that speaks them), `check`
 * (their differences from what happens now).
 *
 * Accepts: places of servers, files and peers that are not trusted. Guarantees: what passes a
 * recorder is not changed, and what it writes has the secrets that the schemas know masked; memory
 * is bounded, however long a recording is. Leaves to the command line: words and exit status.
 */
export { playClient } from './check/play.js';
export { checkProgram } from './check/program.js';
export { jsonReport, textReport } from './check/report.js';
export { TrafficError } from './error.js';
export { RecordingFile } from './file/recording.js';
export { PLACE_FORMS, type Place, placeOf } from './place.js';
export { type Recorder, type RecorderOptions, startRecorder } from './record/recorder.js';
export { Secrets } from './record/secrets.js';
export { startReplay } from './replay/server.js';
