import { createAdministrator } from '~/domain/accounts/create-administrator.server';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { readEnvironment } from '~/infra/environment.server';
import { openDatabase } from '~db/client.server';
import { migrate } from '~db/migrate';

const USAGE = 'npm run admin:create -- NAME PHONE-OR-USER-NAME';

/** Makes a bureau administrator and prints the start code to sign in with. */
export async function main(argv: string[]): Promise<number> {
  const [name, login] = argv;
  if (!name || !login || argv.length !== 2) {
    console.error(USAGE);
    return 2;
  }
  const client = openDatabase(readEnvironment(process.env).databaseUrl);
  try {
    const now = Date.now();
    await migrate(client, now);
    const { startCode } = await createAdministrator(client.db, { name, login, now });
    console.log(
      startCode
        ? `管理员 administrator: ${name}\n登录名 login: ${login}\n开通码 start code (14 days): ${startCode}`
        : `${name} 已有密码，现在是平台管理员。 ${name} has a password and is a bureau administrator now.`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Invalid)) throw error;
    console.error(
      error instanceof Conflict
        ? 'This login belongs to a person of another name, or a disabled one. Nothing was changed.'
        : `Not usable: ${error.message}. ${USAGE}`,
    );
    return 1;
  } finally {
    await client.close();
  }
}

if (process.argv[1]?.endsWith('admin-create.ts'))
  process.exitCode = await main(process.argv.slice(2));
