//! Refusals of a sign-in by Microsoft Entra (`AADSTS…`): what helps depends on the number, not on the words around it.

/// Why a sign-in was refused, by what helps against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignIn {
    /// Nobody granted consent to the application that asks.
    Consent,
    /// A second factor is asked for.
    SecondFactor,
    /// The tenant does not know the application, or it is disabled there.
    Application,
    /// The secret or certificate of an application is wrong or too old.
    Secret,
    /// The tenant is not found, or is in another cloud.
    Tenant,
    /// The account is not of this tenant, or may not use the application.
    Account,
    /// The account or its password is wrong, locked or disabled.
    Password,
    /// A Conditional Access policy refuses it.
    Policy,
    /// A token is too old or was taken back.
    Expired,
    /// A code for signing in on another device was not used in time.
    DeviceCode,
    /// Anything else.
    Other,
}

/// The numbers of Entra, by what helps.
const NUMBERS: &[(SignIn, &[u32])] = &[
    (SignIn::Consent, &[65_001, 65_004, 65_005, 90_093, 90_094, 90_095, 650_051, 650_053, 650_057]),
    (SignIn::SecondFactor, &[50_072, 50_074, 50_076, 50_078, 50_079, 500_121]),
    (SignIn::Application, &[700_016, 700_038, 7_000_112, 500_011, 500_014, 650_052]),
    (SignIn::Secret, &[700_027, 700_030, 7_000_215, 7_000_222]),
    (SignIn::Tenant, &[50_059, 90_002, 90_013, 900_023, 900_382, 900_432, 900_439, 900_971]),
    (SignIn::Account, &[50_020, 50_034, 50_105, 50_177, 51_004, 90_072]),
    (SignIn::Password, &[50_053, 50_055, 50_056, 50_057, 50_126, 50_144]),
    (
        SignIn::Policy,
        &[50_005, 50_097, 50_131, 50_158, 53_000, 53_001, 53_002, 53_003, 53_004, 53_009, 530_002, 530_003, 530_004],
    ),
    (
        SignIn::Expired,
        &[50_058, 50_089, 50_132, 50_133, 50_173, 70_008, 70_043, 70_044, 700_003, 700_081, 700_082, 700_084],
    ),
    (SignIn::DeviceCode, &[70_016, 70_018, 70_019, 70_020]),
];

/// The same without a number, in words.
const WORDS: &[(SignIn, &[&str])] = &[
    (SignIn::Consent, &["consent_required", "consent", "admin approval"]),
    (SignIn::SecondFactor, &["multi-factor", "multifactor", "strong authentication", "mfa_required"]),
    (SignIn::Policy, &["conditional access"]),
];

impl SignIn {
    /// By the number of Entra in a text in lower case; `None` where there is none.
    pub fn by_number(said: &str) -> Option<Self> {
        let mut numbers = said.split("aadsts").skip(1).filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).take(9).collect();
            digits.parse::<u32>().ok()
        });
        let number = numbers.next()?;
        let found = NUMBERS.iter().find(|(_, all)| all.contains(&number));
        Some(found.map_or(SignIn::Other, |(why, _)| *why))
    }

    /// By words of a text in lower case.
    pub fn by_words(said: &str) -> Option<Self> {
        WORDS.iter().find(|(_, words)| words.iter().any(|w| said.contains(w))).map(|(why, _)| *why)
    }

    /// What to do now.
    pub fn help(self) -> &'static str {
        match self {
            SignIn::Consent => {
                "nobody has granted consent to the application that asks: an administrator of Entra grants it in this tenant (Enterprise applications > Permissions > Grant admin consent); or use a tool or client id that has consent, such as `pac auth create` or `Add-PowerAppsAccount`. A role does not replace it"
            }
            SignIn::SecondFactor => {
                "a second factor is asked for: sign in again in a browser window and complete it (`pac auth create`, `Add-PowerAppsAccount` or `az login`, without user name and password in the command)"
            }
            SignIn::Application => {
                "this tenant does not know the application that asks, or has it disabled: check the client id and that you sign in to the right tenant; else an administrator of Entra adds or enables it, or use another tool, such as `pac`"
            }
            SignIn::Secret => {
                "the secret or certificate of the application is wrong or has expired: make a new one at its registration in Entra and use its value, not its id"
            }
            SignIn::Tenant => {
                "the tenant is not found in this cloud: check its id or domain for slips, and that you sign in to its own cloud (`pac auth create --cloud …`, `az cloud set`)"
            }
            SignIn::Account => {
                "the account does not belong to this tenant or may not use the application: sign out, sign in with an account of the tenant and name the tenant in the command; else an administrator invites or assigns the account"
            }
            SignIn::Password => {
                "the name or password is wrong, or the account is locked or disabled: sign in with it in a browser first, or have an administrator reset or enable it"
            }
            SignIn::Policy => {
                "a Conditional Access policy refuses it: sign in from a device, place and tool that it allows; which policy it is stands in the sign-in log of Entra, and only its administrator can change it"
            }
            SignIn::Expired => {
                "the sign-in is too old or was taken back: sign in again (`pac auth create`, `Add-PowerAppsAccount`, `az login`, or a new token), then run the command again"
            }
            SignIn::DeviceCode => {
                "the code was not used yet or is too old: begin the sign-in again and type the new code at once"
            }
            SignIn::Other => {
                "the sign-in was refused: look the number up at https://login.microsoftonline.com/error, sign in again, and ask an administrator of Entra where it stays"
            }
        }
    }
}
