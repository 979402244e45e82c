using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Csat;

/// <summary>
/// Addresses of survey pages: <c>{base}/api/csat/{token}</c>. The token is workspace, survey and an HMAC (128 bits) over both, so that nobody answers a
/// survey who was not asked.
/// </summary>
internal sealed class SurveyLinks(LiveDeskOptions options) : ISurveyLinks
{
    private const int MacLength = 16;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, options.SecretsKey, 32, info: "livedesk survey links"u8.ToArray());

    public Uri Of(WorkspaceId workspace, SurveyId survey) =>
        new($"{options.PublicBaseUrl.AbsoluteUri.TrimEnd('/')}/api/csat/{workspace}.{survey}.{Mac(workspace, survey)}");

    /// <returns>Null for a token that is not ours.</returns>
    public (WorkspaceId Workspace, SurveyId Survey)? Read(string token) =>
        token.Split('.') is [var ws, var id, var mac] && WorkspaceId.TryParse(ws, out WorkspaceId workspace) && SurveyId.TryParse(id, out SurveyId survey)
        && FixedTime.Equal(mac, Mac(workspace, survey))
            ? (workspace, survey)
            : null;

    private string Mac(WorkspaceId workspace, SurveyId survey) =>
        Base32.Encode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{workspace}\n{survey}")).AsSpan(0, MacLength));
}
