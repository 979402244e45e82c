using Twilio.Types;

namespace Twilio.Rest.Api.V2010;

/// <content>The resource's enumerations.</content>
public partial class AccountResource
{
    /// <summary>Whether the account may be used.</summary>
    public sealed class StatusEnum : StringEnum
    {
        public static readonly StatusEnum Active = new("active");
        public static readonly StatusEnum Suspended = new("suspended");
        public static readonly StatusEnum Closed = new("closed");

        public StatusEnum()
        {
        }

        private StatusEnum(string value)
            : base(value)
        {
        }

        public static implicit operator StatusEnum(string value) => new(value);
    }

    /// <summary>Whether the account is paid for.</summary>
    public sealed class TypeEnum : StringEnum
    {
        public static readonly TypeEnum Trial = new("Trial");
        public static readonly TypeEnum Full = new("Full");

        public TypeEnum()
        {
        }

        private TypeEnum(string value)
            : base(value)
        {
        }

        public static implicit operator TypeEnum(string value) => new(value);
    }
}
