using Twilio.Types;

namespace Twilio.Rest.Messaging.V1;

/// <content>The resource's enumerations.</content>
public partial class ServiceResource
{
    /// <summary>Reserved by Twilio.</summary>
    public sealed class ScanMessageContentEnum : StringEnum
    {
        public static readonly ScanMessageContentEnum Inherit = new("inherit");
        public static readonly ScanMessageContentEnum Enable = new("enable");
        public static readonly ScanMessageContentEnum Disable = new("disable");

        public ScanMessageContentEnum()
        {
        }

        private ScanMessageContentEnum(string value)
            : base(value)
        {
        }

        public static implicit operator ScanMessageContentEnum(string value) => new(value);
    }
}
