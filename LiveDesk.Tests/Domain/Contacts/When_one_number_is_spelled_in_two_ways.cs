using LiveDesk.Domain.Contacts;

namespace LiveDesk.Tests.Domain.Contacts;

public class When_one_number_is_spelled_in_two_ways
{
    [Theory]
    [InlineData("+5511987654321", "+551187654321")] // Brazil: ninth digit
    [InlineData("+555198765432", "+5551998765432")]
    [InlineData("+557166543210", "+5571966543210")]
    [InlineData("+5491112345678", "+541112345678")] // Argentina: 9 after the country code
    [InlineData("+5491112345678", "+54111512345678")] // ... or 15 after a two-digit area code
    [InlineData("+5492211234567", "+54221151234567")] // ... a three-digit one
    [InlineData("+5492901123456", "+54290115123456")] // ... a four-digit one
    [InlineData("+5491112345678", "+549111512345678")] // ... or both marks
    [InlineData("+5215512345678", "+525512345678")] // Mexico: 1 after the country code
    public void Both_find_the_same_contact(string one, string other)
    {
        Assert.Equal(E164.Parse(one).IdentityKey, E164.Parse(other).IdentityKey);
        Assert.NotEqual(E164.Parse(one), E164.Parse(other));
    }

    [Theory]
    [InlineData("+551187654321")]
    [InlineData("+54111512345678")]
    [InlineData("+5215512345678")]
    public void The_shown_number_is_never_rewritten(string text) => Assert.Equal(text, E164.Parse(text).ToString());

    [Theory]
    [InlineData("+551134567890", "+5511934567890")] // a landline and a newer mobile that differ by a 9 alone
    [InlineData("+551143210000", "+5511943210000")]
    [InlineData("+5511987654321", "+5521987654321")]
    [InlineData("+5215512345678", "+5215512345679")]
    [InlineData("+5491112345678", "+5491112345679")]
    public void Different_subscribers_stay_different(string one, string other) =>
        Assert.NotEqual(E164.Parse(one).IdentityKey, E164.Parse(other).IdentityKey);

    [Theory]
    [InlineData("+551134567890")] // Brazilian landline
    [InlineData("+5511987654321")]
    [InlineData("+550087654321")] // no such area
    [InlineData("+55118765432")] // too short
    [InlineData("+525512345678")]
    [InlineData("+521234567890")] // ten digits that begin with 1 are not a mark
    [InlineData("+541112345678")]
    [InlineData("+15550001111")]
    [InlineData("+34600111222")]
    [InlineData("+54999123456789")] // twelve digits without a 15
    public void Leaves_alone_what_has_no_second_spelling(string text) => Assert.Equal(text[1..], E164.Parse(text).IdentityKey.Value);

    [Theory]
    [InlineData("+551187654321")]
    [InlineData("+5491112345678")]
    [InlineData("+54111512345678")]
    [InlineData("+5215512345678")]
    public void The_key_of_a_key_is_itself(string text)
    {
        NumberKey key = E164.Parse(text).IdentityKey;
        Assert.Equal(key, E164.Parse(key.Value).IdentityKey);
    }
}
