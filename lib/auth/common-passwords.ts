import 'server-only';

/**
 * What guessing tools try first, as building blocks rather than as a list of whole passwords: with fifteen characters at
 * least, what is common is these words, keyboard walks, years and repetitions put together.
 */
const words = `
password passwort passwd passw passcode passphrase pass secret secrets geheim login logon signin letmein welcome willkommen
bienvenue bienvenido hello hallo hola admin administrator root user username guest test tester testing temp temporary default
changeme change master superuser super system server network internet computer laptop desktop windows microsoft office google
android apple iphone samsung facebook instagram twitter youtube amazon netflix spotify linkedin yahoo outlook gmail hotmail
cisco oracle linux ubuntu debian database backup router firewall security secure private public access account accounts
company business enterprise service services support helpdesk manager management director finance sales marketing customer
customers partner partners reseller distributor vendor tenant portal cloud azure cockpit avepoint elements cove cloudlx nable
sandbox production staging develop developer development demo example sample dummy placeholder
love lover loveyou iloveyou forever always never again heart angel angels baby babygirl babyboy honey sweet sweetie sweetheart
darling princess prince queen king princesa beautiful handsome pretty lovely cutie sexy kisses hugs family mother father mommy
daddy sister brother friend friends bestfriend
football soccer baseball basketball hockey tennis golf rugby cricket boxing racing runner swimming fishing hunting hiking
liverpool arsenal chelsea manchester united barcelona madrid juventus bayern dortmund celtic rangers yankees lakers cowboys
steelers eagles patriots packers broncos raiders giants dolphins chargers ferrari porsche mercedes yamaha honda toyota mustang
corvette camaro harley
monkey dragon tiger tigers lion lions bear bears wolf wolves eagle falcon hawk panther puma jaguar shark dolphin whale horse
horses pony dog doggy puppy cat cats kitty kitten rabbit bunny hamster snake spider scorpion butterfly turtle chicken buster
shadow ghost phantom ninja samurai warrior knight hunter killer sniper soldier ranger marine captain commander general major
pirate wizard magic magical mystic merlin gandalf frodo hobbit vader skywalker starwars startrek pokemon pikachu naruto goku
batman superman spiderman ironman hulk thor avengers marvel joker harrypotter hogwarts matrix trinity minecraft fortnite
playstation nintendo zelda mario luigi sonic gamer gaming hacker elite cheese cookie cookies chocolate banana orange cherry
strawberry peaches lemon apples coffee pepper ginger butter peanut burger pizza whisky whiskey vodka beer wine
sunshine sunrise sunset moonlight starlight rainbow thunder lightning storm hurricane blizzard winter spring summer autumn
fall snow snowball snowman flower flowers rose roses daisy lily jasmine violet tulip orchid garden forest mountain river ocean
island beach desert diamond diamonds ruby crystal silver golden gold platinum emerald pearl
january february march april june july august september october november december monday tuesday wednesday thursday friday
saturday sunday januar februar maerz april juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
sommer herbst morning evening midnight today tomorrow yesterday christmas halloween easter birthday holiday holidays vacation
red blue green yellow black white purple pink brown grey gray
one two three four five six seven eight nine ten zero hundred thousand million first second third
michael jennifer jessica michelle robert daniel thomas andrew joshua matthew jordan ashley amanda nicole charlie george william
david richard james john joseph anthony steven kevin brian edward martin peter alexander alexandra victoria elizabeth samantha
stephanie jonathan christian christopher benjamin nicholas patrick oliver harry jack emily emma sophie hannah olivia lauren
rachel rebecca sarah laura maria anna julia claudia sandra monica veronica patricia barbara natalie vanessa maggie molly lucky
london paris berlin madrid lisbon rome vienna zurich munich hamburg newyork boston chicago dallas texas florida california
america american england scotland ireland canada france germany deutschland espana italia portugal brasil mexico china japan
india russia ukraine poland europe africa australia
jesus christ jesuschrist god heaven blessed blessing faith hope peace grace glory freedom liberty justice truth destiny
happy smile laughing funny crazy genius stupid whatever nothing something everything anything someone nobody trust trustno
money dollar million millionaire rich winner champion champions victory success power energy dream dreams dreamer believe
music guitar piano drummer metallica nirvana slipknot eminem beatles elvis rockstar rockandroll dancer dancing singer
school college university student teacher doctor nurse police fireman engineer lawyer
correct battery staple quick jumps over lazy fox
azerty qwerty qwertz qwer asdf zxcv yxcv wasd abcd abc xyz foobar lorem ipsum access blink pookie muffin bailey tigger snoopy
`
  .trim()
  .split(/\s+/);

/** Sayings that count as one word each. */
const sayings = `
correcthorsebatterystaple thequickbrownfoxjumpsoverthelazydog thequickbrownfox tobeornottobe thatisthequestion onceuponatime
maytheforcebewithyou iamyourfather winteriscoming hakunamatata supercalifragilisticexpialidocious abracadabra opensesame
nevergonnagiveyouup allyourbasearebelongtous thisismypassword mypasswordis whatisthepassword thisisapassword thisisnotapassword
passwordsareforfools youshallnotpass iloveyousomuch iloveyouforever lifeisgood lifeisbeautiful carpediem liveandletlive
livelaughlove ingodwetrust jesuslovesme godisgood haveaniceday happybirthday merrychristmas happynewyear changemeplease
letmeinplease nopasswordneeded idontknow idontcare nobodyknows somethingsomething whateverforever stairwaytoheaven
loremipsumdolorsitamet helloworld hellokitty tothemoon johnjacobjingleheimer twinkletwinklelittlestar iwillalwaysloveyou
`
  .trim()
  .split(/\s+/);

/** Small words between the others: they add nothing, and they are no words of their own. */
const fillers = [
  'the',
  'and',
  'for',
  'you',
  'your',
  'my',
  'is',
  'are',
  'am',
  'in',
  'on',
  'at',
  'to',
  'of',
  'it',
  'me',
  'we',
  'i',
  'a',
];

/** Runs along the keyboard, the alphabet and the digits; read in both directions. */
const walks = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'qsdfghjklm',
  'zxcvbnm',
  'yxcvbnm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
  '147258369',
  '159357',
].flatMap((walk) => [walk, [...walk].reverse().join('')]);

const product = 'quayside';
const longestFirst = [...new Set([...words, ...sayings])].sort((left, right) => right.length - left.length);

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
  '|': 'l',
};

/** Letters and digits alone, in lower case, without accents. */
function squash(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/** `p@ssw0rd` read as `password`. */
function readLookAlikes(text: string): string {
  return squash([...text.toLowerCase()].map((letter) => lookAlikes[letter] ?? letter).join(''));
}

/** Is the whole a repetition of up to seven characters? */
function isRepetition(text: string): boolean {
  for (let period = 1; period <= 7 && period * 2 <= text.length; period += 1) {
    const unit = text.slice(0, period);
    if (unit.repeat(Math.ceil(text.length / period)).startsWith(text)) return true;
  }
  return false;
}

/** Takes out runs of four and more characters that follow a walk. */
function withoutWalks(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length; ) {
    let run = 0;
    for (const walk of walks) {
      let length = 4;
      while (at + length <= text.length && walk.includes(text.slice(at, at + length))) length += 1;
      if (length > 4) run = Math.max(run, length - 1);
    }
    rest += run === 0 ? text.charAt(at) : ' ';
    at += Math.max(run, 1);
  }
  return rest;
}

/** What is left of a text without words, walks, years and repeated characters, and how many different words it had. */
function unusual(text: string): { readonly rest: string; readonly words: number } {
  let rest = text;
  let found = 0;
  for (const word of longestFirst) {
    if (!rest.includes(word)) continue;
    found += 1;
    rest = rest.replaceAll(word, ' ');
  }
  rest = withoutWalks(rest)
    .replace(/(19|20)\d\d/g, ' ')
    .replace(/(.)\1{2,}/gu, ' ');
  for (const filler of fillers) rest = rest.replaceAll(filler, ' ');
  return { rest: rest.replaceAll(' ', ''), words: found };
}

/** Names of four and more letters in what belongs to the account: an e-mail address gives its parts but the last. */
function namesIn(personal: readonly string[]): string[] {
  const parts = personal.flatMap((text) => {
    const pieces = text.split(/[^\p{Letter}\p{Number}]+/u);
    return text.includes('@') ? pieces.slice(0, -1) : [...pieces, text];
  });
  return [product, ...parts.map(squash)].filter((part) => part.length >= 4);
}

/**
 * Would a guessing tool that knows the person and the company try this early? Decided offline.
 * @param personal e-mail address, name, partner: parts of it may not appear
 */
export function isGuessable(password: string, personal: readonly string[]): boolean {
  const names = namesIn(personal);
  return [squash(password), readLookAlikes(password)].some((text) => {
    if (names.some((name) => text.includes(name)) || isRepetition(text)) return true;
    const { rest, words: count } = unusual(text);
    return rest.length < 5 && count <= 3;
  });
}
