import { readEnvironment } from './infra/environment.server';
import { startServer } from './web/start-server.server';

await startServer(readEnvironment(process.env));
