using System.Text.Json.Serialization;
using LiveDesk.Domain.Channels;

namespace LiveDesk.Domain.Contacts;

/// <summary>
/// An address under which a contact can be reached: an E.164 number, a WhatsApp business-scoped user id, a page-scoped id or a Viber id.
/// </summary>
/// <param name="Address">As the provider reports it; never rewritten.</param>
/// <param name="Scope">What the address is unique within, if not everywhere: a page id, a bot.</param>
public sealed record ContactIdentity(ChannelType ChannelType, string Address, string? Scope = null)
{
    /// <summary>
    /// The same for every spelling of one address. WhatsApp and SMS share the number, so they find the same contact.
    /// </summary>
    [JsonIgnore]
    public string Key => ChannelType is ChannelType.WhatsApp or ChannelType.Sms && E164.TryParse(Address, out E164 number)
        ? $"phone:{number.IdentityKey}"
        : $"{ChannelType.ToString().ToLowerInvariant()}:{Scope}:{Address}";

    /// <summary>The number, if the address is one.</summary>
    [JsonIgnore]
    public E164? Number => ChannelType is ChannelType.WhatsApp or ChannelType.Sms && E164.TryParse(Address, out E164 number) ? number : null;
}
