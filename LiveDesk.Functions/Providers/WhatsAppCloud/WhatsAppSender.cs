using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>Who wrote: by number, by business-scoped user id where the number is hidden, or by both.</summary>
internal static class WhatsAppSender
{
    public static InboundSender? Of(JsonElement value, JsonElement message)
    {
        string? from = message.Text("from");
        string? user = message.Text("from_user_id");
        JsonElement? contact = Contact(value, from, user);
        user ??= contact?.Text("user_id");
        from ??= contact?.Text("wa_id");
        ContactIdentity[] addresses = [.. Addresses(from, user)];
        if (addresses.Length == 0) return null;
        JsonElement profile = contact?.Object("profile") ?? default;
        string? name = profile.Text("name")?.Trim() is { Length: > 0 } given ? given : profile.Text("username");
        return new InboundSender(addresses, name);
    }

    /// <summary>The number first, since it is what the customer's other channels know too.</summary>
    public static IEnumerable<ContactIdentity> Addresses(string? number, string? user)
    {
        if (number is not null) yield return Address(number);
        if (user is not null && user != number) yield return Address(user);
    }

    /// <summary>A <c>wa_id</c> is an E.164 number without its plus; anything else is a user id.</summary>
    public static ContactIdentity Address(string address) =>
        new(ChannelType.WhatsApp, E164.TryParse(address, out E164 number) ? number.ToString() : address);

    /// <summary>The list of contacts is in no agreed order, and <c>wa_id</c> may spell the number otherwise (Brazil, Mexico, Argentina).</summary>
    private static JsonElement? Contact(JsonElement value, string? from, string? user)
    {
        JsonElement[] contacts = [.. value.Each("contacts")];
        foreach (JsonElement contact in contacts)
            if ((from is not null && IsSame(contact.Text("wa_id"), from)) || (user is not null && contact.Text("user_id") == user)) return contact;
        return from is null && user is null && contacts.Length == 1 ? contacts[0] : null;
    }

    private static bool IsSame(string? id, string from) =>
        id == from || (E164.TryParse(id, out E164 one) && E164.TryParse(from, out E164 other) && one.IdentityKey == other.IdentityKey);
}
