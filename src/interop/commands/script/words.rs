//! What the scripts are made of: the functions that stand at their head, and the lines in which they speak and ask.
//!
//! Whatever people wrote is a comment of one line or a literal in single quotes; the functions are fixed texts.

use super::super::quoting::{self, long_comment};
use super::super::{OpenValue, Shell, clouds};
use crate::domain::characters::one_line;
use crate::words::sentence;

/// What a script that calls pac begins with. An error of pac is no error of PowerShell's, so it is asked for after each call.
pub(super) const PAC_IS_THERE: &str = "if (-not (Get-Command pac -ErrorAction SilentlyContinue)) { throw 'pac, the Power Platform CLI, is not installed here. Nothing was done.' }\n";
pub(super) const PAC_WORKED: &str =
    "if ($LASTEXITCODE -ne 0) { throw \"pac ended with code ${LASTEXITCODE}. Nothing after this command was done.\" }";

/// A name is compared as it can be typed: a console gives plain apostrophes, quotation marks, hyphens and spaces.
pub(super) const CONFIRM: &str = r#"
# What is typed is compared with curly marks, dashes and runs of spaces made plain on both sides. There are three tries.
function Get-Plain($text) {
    $plain = "$text" -replace '[\u2018\u2019\u201A\u201B]', "'" -replace '[\u201C-\u201F]', '"' -replace '[\u2010-\u2015]', '-'
    return ($plain -replace '\s+', ' ').Trim()
}
function Confirm-Typed($prompt, $wanted, $otherwise) {
    foreach ($attempt in @(1, 2, 3)) {
        $typed = Get-Plain (Read-Host $prompt)
        if ([string]::Equals($typed, (Get-Plain $wanted), [StringComparison]::Ordinal)) { return }
        Write-Warning "That is not what was asked for (try $attempt of 3)."
    }
    throw $otherwise
}
"#;

/// The cmdlets catch what the service answers with and may give it back; then nothing stops a script by itself.
pub(super) const ANSWER: &str = r#"
# A cmdlet that fails may give back what went wrong instead of stopping the script. How such an answer looks is inferred: it has a
# Code or StatusCode that is no success, or an Error. A missing answer is no error.
function Assert-Answer($answer, $what) {
    if ($null -eq $answer) { Write-Host "${what}: no answer came back."; return }
    try { Write-Host (ConvertTo-Json $answer -Depth 10) } catch { Write-Host "$answer" }
    foreach ($part in @($answer)) {
        if ($null -eq $part) { continue }
        foreach ($name in @('Code', 'StatusCode')) {
            $found = $part.PSObject.Properties[$name]
            if ($null -eq $found -or $null -eq $found.Value) { continue }
            $code = [int]($found.Value -as [System.Net.HttpStatusCode])
            if ($code -lt 200 -or $code -gt 299) { throw "$what did not succeed ($name $($found.Value)). Nothing after it was done." }
        }
        foreach ($name in @('Error', 'Errors')) {
            $found = $part.PSObject.Properties[$name]
            if ($null -ne $found -and $found.Value) { throw "$what did not succeed ($($found.Value)). Nothing after it was done." }
        }
    }
}
"#;

/// An id of an environment that did not exist when the plan was made. The source must not be typed by mistake: it would be
/// overwritten.
pub(super) const READ_ID: &str = r#"
function Read-Id($what, $source) {
    while ($true) {
        $typed = (Read-Host "Type or paste the id of $what").Trim()
        if ($typed -notmatch '^(?:default-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$') {
            Write-Warning 'An id has 32 letters a to f and digits, in five parts with hyphens between. Ctrl+C stops the script.'
        } elseif ($typed -eq $source) {
            Write-Warning 'That is the id of the source, which would be overwritten. Ctrl+C stops the script.'
        } else {
            return $typed
        }
    }
}
$newId = ''
"#;

/// A text that cannot stand in the script.
pub(super) const READ_TEXT: &str = r#"
function Read-Text($what, $allowed) {
    while ($true) {
        $typed = (Read-Host "Type the $what").Trim()
        if ($typed -match $allowed) { return $typed }
        Write-Warning 'That cannot be passed safely: use letters, digits, spaces and hyphens, 100 characters at most. Ctrl+C stops the script.'
    }
}
"#;

/// A word of a tool, of a few.
pub(super) const READ_CHOICE: &str = r#"
function Read-Choice($what, $choices) {
    while ($true) {
        $typed = (Read-Host "Type the $what").Trim()
        foreach ($choice in $choices) { if ($typed -eq $choice) { return $choice } }
        Write-Warning "It is one of $($choices -join ', '). Ctrl+C stops the script."
    }
}
"#;

/// What the module needs: it is made for .NET Framework, so that newer editions of PowerShell do not run it.
pub(super) const REQUIRES: &str = "#Requires -Version 5.1\n#Requires -PSEdition Desktop\n#Requires -Modules Microsoft.PowerApps.Administration.PowerShell\n";

/// Asks for a value that is left open, `source` being the id that a new environment cannot have.
pub(super) fn ask_for(ask: OpenValue, source: &str, shell: Shell) -> String {
    let variable = ask.variable();
    match ask {
        // Typed once: a later step takes the same.
        OpenValue::NewEnvironment => format!(
            "if ({variable} -eq '') {{ {variable} = Read-Id 'the new environment' '{}' }}",
            quoting::plain_id(source).unwrap_or_default()
        ),
        OpenValue::Label | OpenValue::NewName => {
            // The same texts that `quoting` lets pass.
            let allowed = match shell {
                Shell::Pac => r"^[\p{L}\p{Nd}][\p{L}\p{Nd} _.,()+:/=-]{0,99}$",
                Shell::PowerShell | Shell::Rest => r"^[^\p{C}\p{Zl}\p{Zp}]{1,100}$",
            };
            format!("{variable} = Read-Text '{}' '{allowed}'", ask.what())
        }
        OpenValue::Endpoint | OpenValue::PacCloud => {
            let what = literal(&format!("{} ({})", ask.what(), clouds::meanings(ask)), ask.what());
            let choices: Vec<String> = clouds::choices(ask).into_iter().map(|c| format!("'{c}'")).collect();
            format!("{variable} = Read-Choice {what} @({})", choices.join(", "))
        }
        // No script sends a request.
        OpenValue::Host => String::new(),
    }
}

/// Shows the environment whose id was typed, before it is confirmed that it is overwritten.
pub(super) fn look_at_new(shell: Shell) -> &'static str {
    match shell {
        Shell::Pac => {
            "Write-Warning \"The target is the environment ${newId}:\"\npac admin list --environment $newId\n\
             if ($LASTEXITCODE -ne 0) { throw 'No environment with that id can be seen. Nothing was overwritten.' }\n"
        }
        Shell::PowerShell | Shell::Rest => {
            "Write-Warning \"The target is the environment ${newId}:\"\n\
             $result = Get-AdminPowerAppEnvironment -EnvironmentName $newId\nAssert-Answer $result 'The look at the new environment'\n\
             if ($null -eq $result) { throw 'No environment with that id can be seen. Nothing was overwritten.' }\n"
        }
    }
}

/// Where to begin: a script that stopped is run again from the step at which it did.
pub(super) fn start(steps: usize) -> String {
    if steps < 2 {
        return "$from = 1\n".to_string();
    }
    format!(
        "\n$from = 0\nwhile ($from -lt 1 -or $from -gt {steps}) {{\n    $typed = (Read-Host 'Start at step (1 to {steps}; press Enter for 1)').Trim()\n    \
         if ($typed -eq '') {{ $from = 1 }} elseif ($typed -cmatch '^[0-9]{{1,6}}$') {{ $from = [int]$typed }}\n}}\n\
         if ($from -gt 1) {{ Write-Warning \"The steps before $from are skipped. This script does not know whether they were done.\" }}\n"
    )
}

/// A line that says `what` while the script runs; a comment where it cannot be quoted.
pub(super) fn tell(cmdlet: &str, what: &str) -> String {
    let line = long_comment(what);
    match quoting::powershell(&line) {
        Some(literal) => format!("{cmdlet} {literal}"),
        None => format!("# {line}"),
    }
}

/// Asks with `says`, made a sentence, and then `what` to do.
pub(super) fn read_host(says: &str, what: &str) -> String {
    // What to do must not be cut off by a long text.
    let prompt = format!("{} {what}", sentence(&one_line(says, LONGEST_SAID)));
    format!("Read-Host {}", literal(&prompt, what))
}

/// The longest text before what to do, in characters.
const LONGEST_SAID: usize = 900;

/// Says `says`, whole sentences, and goes on only when `wanted`, a literal, has been typed; else the script ends with `otherwise`.
pub(super) fn confirm(says: &str, shown: &str, wanted: &str, otherwise: &str) -> String {
    let prompt = format!("{says} To go on, type: {shown}");
    confirm_with(&literal(&prompt, "To go on, type the name of the target"), wanted, otherwise)
}

/// The same with a prompt that is a literal already.
pub(super) fn confirm_with(prompt: &str, wanted: &str, otherwise: &str) -> String {
    format!("Confirm-Typed {prompt} {wanted} {}\n", literal(otherwise, "Not confirmed."))
}

/// A literal of a text; of `instead`, which this program writes, where it cannot be one.
pub(super) fn literal(text: &str, instead: &str) -> String {
    quoting::powershell(&one_line(text, LONGEST_LITERAL)).unwrap_or_else(|| format!("'{}'", instead.replace('\'', "")))
}

/// The longest literal that is not a value, in characters.
const LONGEST_LITERAL: usize = 2000;

/// A block of lines, moved in.
pub(super) fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_string() } else { format!("    {line}\n") }).collect()
}
