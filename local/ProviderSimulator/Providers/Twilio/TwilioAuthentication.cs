using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>
/// Checks Basic credentials. Those of a known account must be right. An account that nobody made known is taken with any token,
/// so that a first try needs no preparation, until an account is registered.
/// </summary>
internal sealed class TwilioAuthentication(TwilioState state)
{
    /// <summary>Tells whose credentials these are.</summary>
    /// <param name="request">The request of the desk.</param>
    /// <param name="pathAccount">The account in the path; null if the path names none.</param>
    /// <returns>The account's SID; null if the credentials are missing or wrong.</returns>
    public string? Account(HttpRequest request, string? pathAccount)
    {
        if (Credentials(request) is not var (user, password) || password.Length == 0) return null;
        if (TwilioSids.Is(user, "SK")) return AccountOfKey(user, password, pathAccount);
        if (!TwilioSids.Is(user, "AC") || (pathAccount ?? user) != user) return null;
        TwilioAccount? known = state.Account(user);
        if (known is not null) return known.AuthToken == password ? user : null;
        if (state.OnlyKnownAccounts) return null;

        // From now on this is the token: webhooks are signed with it, and another one is refused.
        state.Put(new TwilioAccount { AccountSid = user, AuthToken = password }, strict: false);
        return user;
    }

    private string? AccountOfKey(string key, string secret, string? pathAccount)
    {
        TwilioAccount? owner = state.Accounts().FirstOrDefault(account => account.ApiKeys.ContainsKey(key));
        if (owner is not null)
            return owner.ApiKeys[key] == secret && (pathAccount ?? owner.AccountSid) == owner.AccountSid ? owner.AccountSid : null;
        return state.OnlyKnownAccounts ? null : pathAccount ?? TwilioState.DemoAccountSid;
    }

    private static (string User, string Password)? Credentials(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            string[] pair = Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter ?? string.Empty)).Split(':', 2);
            return pair.Length == 2 ? (pair[0], pair[1]) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
