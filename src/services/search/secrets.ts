// Files that hold keys and passwords, by their names and by what stands in them. They stay out of the index whatever
// the settings say. It knows what is common; it doesn't look for passwords in ordinary source.

/** Lower case. Folders in which every file is taken for a secret. */
const FOLDERS = new Set(['.ssh', '.gnupg', '.aws', '.azure', '.kube']);

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^\.envrc$|^\.env(?!.*\.(example|sample|template|dist|defaults?|schema)$)(\.[\w.-]+)?$|.\.env$/, 'environment file'],
  [/\.(pem|key|p12|pfx|jks|keystore|ppk|kdbx|p8|pkcs12|der)$/, 'key or certificate'],
  [/^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/, 'SSH key'],
  [
    /^(\.netrc|_netrc|\.pgpass|\.git-credentials|\.pypirc|\.dockercfg|\.htpasswd|\.vault-token|kubeconfig)$/,
    'credentials',
  ],
  [/^(credentials|\.credentials)(\.(json|ya?ml|toml|ini|xml|csv|properties))?$/, 'credentials'],
  [/^(client_secret|service[-_]?account).*\.json$/, 'credentials'],
  [/^secrets?\.(json|ya?ml|toml|ini|properties|env)$/, 'secrets'],
  [/\.(tfstate|tfvars)(\.backup|\.json)?$/, 'Terraform state or variables'],
];

/** What a file or folder of this name is taken for; undefined when it is none. */
export function secretName(name: string, isFolder: boolean): string | undefined {
  const lower = name.toLowerCase();
  if (isFolder) {
    return FOLDERS.has(lower) ? 'folder of keys or credentials' : undefined;
  }
  return NAMES.find(([pattern]) => pattern.test(lower))?.[1];
}

/** A key's first line, and then the key: a text that only names such a line holds no secret. */
const KEY =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rn]|["'+,])*(?:[\w-]+: [^\n]*\s+)*[A-Za-z0-9+/=]{24}/;
const NPM_TOKEN = /^\s*[^#;\s].*(?:_authToken|_auth|_password)\s*=\s*(?!\s*\$\{)\S/m;

const DOCKER_LOGIN = /"auth"\s*:\s*"[A-Za-z0-9+/=]{8}/;

/** What secret stands in a text; undefined when none is seen. */
export function secretInside(name: string, text: string): string | undefined {
  const at = text.indexOf('-----BEGIN ');
  if (at >= 0 && text.includes('PRIVATE KEY', at) && KEY.test(text)) {
    return 'holds a private key';
  }
  if (name === 'config.json' && text.includes('"auths"') && DOCKER_LOGIN.test(text)) {
    return 'holds a login of a container registry';
  }
  return name.toLowerCase() === '.npmrc' && NPM_TOKEN.test(text) ? 'holds an npm token' : undefined;
}
