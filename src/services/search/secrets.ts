// Files that hold keys and passwords, by their names and by what stands in them. They stay out of the index whatever
// the settings say. It knows what is common; it doesn't look for passwords in ordinary source.

import { nextLine } from '../../shared/lines.ts';

/** Lower case. Folders in which every file is taken for a secret. */
const FOLDERS = new Set(['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.password-store']);

/** What people name the places that they have secrets for. */
const PLACE =
  '(?:local|private|secret|dev|develop|development|test|testing|ci|qa|uat|stag|stage|staging|live|prod|production)';

/** Made to be read: `.env.example` says which variables there are, and not what is in them. */
const EXAMPLE =
  /[._ -](?:examples?|samples?|templates?|tmpl|tpl|dist|defaults?|schema)(?:\.(?:md|txt|json|ya?ml|toml|ini|xml))?$/;

/** Of a name in lower case, without what an editor or a copy adds to it. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^\.env(?:rc)?(?![a-z])/, 'environment file'],
  [new RegExp(`^env(?:[._-]${PLACE})+$|.\\.env(?:\\.${PLACE})*$`), 'environment file'],
  [
    /\.(?:pem|key|p12|pfx|jks|bks|keystore|ppk|kdbx?|p8|pkcs12|der|keytab|keychain|ovpn|mobileprovision)$/,
    'key or certificate',
  ],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)(?!.*\.pub$)|[_-](?:rsa|dsa|ecdsa|ed25519)$|^ssh_host_\w+_key$/, 'SSH key'],
  [
    /^(?:[._]netrc|\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.git-credentials|\.pypirc|\.dockercfg|\.dockerconfigjson|\.?htpasswd)$/,
    'credentials',
  ],
  [/^(?:\.vault-token|\.s3cfg|\.boto|rclone\.conf|\.terraformrc|terraform\.rc|\.rediscli_auth)$/, 'credentials'],
  [/^(?:local\.settings\.json|kubeconfig)$|\.kubeconfig$/, 'credentials'],
  [/(?:^|[._-])credentials?(?:\.(?:json|ya?ml|toml|ini|xml|csv|properties|txt|db))?$/, 'credentials'],
  [/(?:^|[._-])(?:client[-_]?secret|service[-_]?account|firebase-adminsdk).*\.json$/, 'credentials'],
  [
    new RegExp(
      `(?:^|[._-])secrets?(?:[._-]${PLACE})*\\.(?:json5?|ya?ml|toml|ini|properties|env|xml|conf|cfg|txt)$|^\\.secrets?$`,
    ),
    'secrets',
  ],
  [/\.(?:tfstate|tfvars)(?:\.backup|\.json)?$/, 'Terraform state or variables'],
];

/** What a file or folder of this name is taken for; undefined when it is none. */
export function secretName(name: string, isFolder: boolean): string | undefined {
  if (isFolder) {
    return FOLDERS.has(name.toLowerCase()) ? 'folder of keys or credentials' : undefined;
  }
  const plain = original(name);
  const found = NAMES.find(([pattern]) => plain.some((one) => pattern.test(one)))?.[1];
  const isKey = found === 'SSH key' || found === 'key or certificate';
  return !isKey && plain.some((one) => EXAMPLE.test(one)) ? undefined : found;
}

/**
 * The names, in lower case, that a file had before an editor or a person made a copy of it: `.env~`, `#.env#`,
 * `.id_rsa.swp`, `.env copy 2`, `key.pem (1)`. Vim puts a dot before a name that has none, so there may be two.
 */
function original(name: string): string[] {
  const swap = /^(\.?)(.+)\.sw[a-p]$/i.exec(name);
  let plain = (swap ? `${swap[1]}${swap[2]}` : name).toLowerCase().replace(/^\.?#(.+?)#?$/, '$1');
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(
      /(?:[~%]|\.~?\d*~|[._-](?:bak|backup|old|orig|save|saved|copy|tmp|rej)\d*|(?: -)? copy(?: \d+)?| ?\(\d+\))$/,
      '',
    );
  }
  return swap && plain.startsWith('.') ? [plain, plain.slice(1)] : [plain];
}

/** Lines at a file's beginning in which a key may begin, whatever comes after. */
const FIRST_LINES = 20;
const KEY_LINE =
  /^\s*-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----\s*$|^---- BEGIN SSH2 (?:[A-Z]+ )?PRIVATE KEY ----|^PuTTY-User-Key-File-\d:|^\s*AGE-SECRET-KEY-1[A-Z0-9]/;

/** A key further down, or in a string: its first line, and then the key. A text that only names such a line holds none. */
const KEY =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rn]|["'+,])*(?:[\w-]+: [^\n]*\s+)*[A-Za-z0-9+/=]{24}/;

/** Settings that may hold a password, and how it looks there: a variable in its place is none. */
const SETTINGS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^\.npmrc$/, /^[ \t]*[^#;\s].*(?:_authToken|_auth|_password)[ \t]*=[ \t]*(?!\$\{)\S/m, 'holds an npm token'],
  [/^\.yarnrc(?:\.ya?ml)?$/, /^[^#\n]*npmAuth(?:Token|Ident)["']?[ \t:]+["']?(?!\$)[\w:]/m, 'holds an npm token'],
  [/^\.?bunfig\.toml$/, /^[^#\n]*\b(?:token|password)[ \t]*=[ \t]*["'](?!\$)[^"'\s]/m, 'holds an npm token'],
  [
    /^config\.json$/,
    /^(?=[\s\S]*"auths")[\s\S]*"(?:auth|identitytoken|registrytoken)"\s*:\s*"[^"\s]{6}/,
    'holds a login of a container registry',
  ],
  [/^auth\.json$/, /"(?:http-basic|[a-z]+-oauth|[a-z]+-token|bearer)"\s*:\s*\{\s*"/, 'holds a login of a registry'],
  [/^nuget\.config$/, /"(?:ClearText)?Password"\s+value\s*=\s*"(?!%)[^"\s]/i, 'holds a password'],
  [/^settings\.xml$/, /<(?:password|passphrase)>\s*(?!\$\{)[^<\s]/, 'holds a password'],
  [/^gradle\.properties$/, /^[^#\n]*(?:password|token|secret)[ \t]*[=:][ \t]*(?!\$)\S/im, 'holds a password'],
  [/^(?:pip\.(?:conf|ini)|\.condarc)$/, /:\/\/[^\s/:@]+:(?!\$)[^\s/@]+@/, 'holds a password'],
];

/** What secret stands in a text; undefined when none is seen. */
export function secretInside(name: string, text: string): string | undefined {
  if (beginsWithKey(text)) {
    return 'holds a private key';
  }
  const at = text.indexOf('-----BEGIN ');
  if (at >= 0 && text.includes('PRIVATE KEY', at) && KEY.test(text)) {
    return 'holds a private key';
  }
  const plain = original(name)[0] ?? '';
  return SETTINGS.find(([of, pattern]) => of.test(plain) && pattern.test(text))?.[2];
}

function beginsWithKey(text: string): boolean {
  let from = 0;
  for (let line = 0; line < FIRST_LINES && from < text.length; line++) {
    const rest = text.slice(from, from + 200); // no such line is longer
    const end = rest.search(/[\r\n]/);
    if (KEY_LINE.test(end < 0 ? rest : rest.slice(0, end))) {
      return true;
    }
    from = nextLine(text, from);
    if (from < 0) {
      return false;
    }
  }
  return false;
}
