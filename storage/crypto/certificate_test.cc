#include "storage/crypto/certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::crypto {
namespace {

using ::testing::Eq;
using ::testing::Ne;
using ::testing::NotNull;
using ::wardbook::testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'767'225'600);  // 2026-01-01.
constexpr absl::Duration kYear = absl::Hours(24 * 365);

std::shared_ptr<BIO> Reading(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

std::shared_ptr<X509> CertificateOf(const std::string& pem) {
  return {PEM_read_bio_X509(Reading(pem).get(), nullptr, nullptr, nullptr), X509_free};
}

std::shared_ptr<EVP_PKEY> KeyOf(const std::string& pem) {
  return {PEM_read_bio_PrivateKey(Reading(pem).get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

// Whether a client that trusts only this certificate accepts it at `time`.
bool IsAcceptedAt(X509* certificate, absl::Time time) {
  const std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  X509_STORE_add_cert(store.get(), certificate);
  const std::shared_ptr<X509_STORE_CTX> context(X509_STORE_CTX_new(), X509_STORE_CTX_free);
  X509_STORE_CTX_init(context.get(), store.get(), certificate, nullptr);
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  X509_STORE_CTX_set_time(context.get(), 0, absl::ToTimeT(time));
  return X509_verify_cert(context.get()) == 1;
}

TEST(SelfSignedCertificate, IsForEveryHostGivenAndForNoOther) {
  ASSERT_OK_AND_ASSIGN(
      const Certificate made,
      SelfSignedCertificate({"wardbook.example", "localhost", "127.0.0.1", "::1"}, kNow, kYear));
  const std::shared_ptr<X509> certificate = CertificateOf(made.certificate_pem);
  ASSERT_THAT(certificate.get(), NotNull());

  EXPECT_THAT(X509_check_host(certificate.get(), "wardbook.example", 0, 0, nullptr), Eq(1));
  EXPECT_THAT(X509_check_host(certificate.get(), "localhost", 0, 0, nullptr), Eq(1));
  EXPECT_THAT(X509_check_ip_asc(certificate.get(), "127.0.0.1", 0), Eq(1));
  EXPECT_THAT(X509_check_ip_asc(certificate.get(), "::1", 0), Eq(1));
  EXPECT_THAT(X509_check_host(certificate.get(), "other.example", 0, 0, nullptr), Eq(0));
  EXPECT_THAT(X509_check_ip_asc(certificate.get(), "127.0.0.2", 0), Eq(0));

  char common_name[64];
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, common_name,
                            sizeof(common_name));
  EXPECT_STREQ(common_name, "wardbook.example");
}

TEST(SelfSignedCertificate, IsAcceptedForAsLongAsItIsValid) {
  ASSERT_OK_AND_ASSIGN(const Certificate made, SelfSignedCertificate({"localhost"}, kNow, kYear));
  const std::shared_ptr<X509> certificate = CertificateOf(made.certificate_pem);
  ASSERT_THAT(certificate.get(), NotNull());

  EXPECT_FALSE(IsAcceptedAt(certificate.get(), kNow - absl::Seconds(1)));
  EXPECT_TRUE(IsAcceptedAt(certificate.get(), kNow + absl::Seconds(1)));
  EXPECT_TRUE(IsAcceptedAt(certificate.get(), kNow + kYear - absl::Seconds(1)));
  EXPECT_FALSE(IsAcceptedAt(certificate.get(), kNow + kYear + absl::Seconds(1)));
}

TEST(SelfSignedCertificate, ComesWithItsKeyOnP256) {
  ASSERT_OK_AND_ASSIGN(const Certificate made, SelfSignedCertificate({"localhost"}, kNow, kYear));
  const std::shared_ptr<X509> certificate = CertificateOf(made.certificate_pem);
  const std::shared_ptr<EVP_PKEY> key = KeyOf(made.private_key_pem);
  ASSERT_THAT(certificate.get(), NotNull());
  ASSERT_THAT(key.get(), NotNull());

  EXPECT_THAT(X509_check_private_key(certificate.get(), key.get()), Eq(1));
  EXPECT_THAT(X509_verify(certificate.get(), key.get()), Eq(1));
  char group[32];
  size_t group_size = 0;
  ASSERT_THAT(EVP_PKEY_get_group_name(key.get(), group, sizeof(group), &group_size), Eq(1));
  EXPECT_STREQ(group, "prime256v1");
}

TEST(SelfSignedCertificate, NoTwoShareAKeyOrASerialNumber) {
  ASSERT_OK_AND_ASSIGN(const Certificate first, SelfSignedCertificate({"a"}, kNow, kYear));
  ASSERT_OK_AND_ASSIGN(const Certificate second, SelfSignedCertificate({"a"}, kNow, kYear));
  EXPECT_THAT(first.private_key_pem, Ne(second.private_key_pem));
  EXPECT_THAT(ASN1_INTEGER_cmp(X509_get0_serialNumber(CertificateOf(first.certificate_pem).get()),
                               X509_get0_serialNumber(CertificateOf(second.certificate_pem).get())),
              Ne(0));
}

TEST(SelfSignedCertificate, RefusesWhatIsNoHost) {
  const auto made = [](const std::vector<std::string>& hosts) {
    return SelfSignedCertificate(hosts, kNow, kYear).status();
  };
  EXPECT_THAT(made({}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(made({""}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(made({"localhost", "two words"}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(made({"a,DNS:b"}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(made({std::string(65, 'a')}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(SelfSignedCertificate, RefusesToBeValidForNoTime) {
  EXPECT_THAT(SelfSignedCertificate({"localhost"}, kNow, absl::ZeroDuration()),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(RenewCertificate, IsForTheSameHostsAndKeyAndLater) {
  ASSERT_OK_AND_ASSIGN(const Certificate old,
                       SelfSignedCertificate({"wardbook.example", "127.0.0.1"}, kNow, kYear));
  const absl::Time later = kNow + kYear - absl::Hours(24);
  ASSERT_OK_AND_ASSIGN(const Certificate renewed, RenewCertificate(old, later, kYear));
  EXPECT_THAT(renewed.private_key_pem, Eq(old.private_key_pem));
  const std::shared_ptr<X509> shown = CertificateOf(renewed.certificate_pem);
  EXPECT_THAT(X509_check_host(shown.get(), "wardbook.example", 0, 0, nullptr), Eq(1));
  EXPECT_THAT(X509_check_ip_asc(shown.get(), "127.0.0.1", 0), Eq(1));
  EXPECT_THAT(X509_check_private_key(shown.get(), KeyOf(old.private_key_pem).get()), Eq(1));
  EXPECT_TRUE(IsAcceptedAt(shown.get(), later + kYear - absl::Hours(1)));
  EXPECT_FALSE(IsAcceptedAt(shown.get(), later + kYear + absl::Hours(1)));
}

TEST(RenewCertificate, RefusesAnothersKey) {
  ASSERT_OK_AND_ASSIGN(const Certificate one,
                       SelfSignedCertificate({"wardbook.example"}, kNow, kYear));
  ASSERT_OK_AND_ASSIGN(const Certificate other,
                       SelfSignedCertificate({"wardbook.example"}, kNow, kYear));
  EXPECT_THAT(RenewCertificate({one.certificate_pem, other.private_key_pem}, kNow, kYear),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(RenewCertificate({"", one.private_key_pem}, kNow, kYear),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(CertificateExpireTime, IsWhenItEnds) {
  ASSERT_OK_AND_ASSIGN(const Certificate made,
                       SelfSignedCertificate({"wardbook.example"}, kNow, kYear));
  ASSERT_OK_AND_ASSIGN(const absl::Time end, CertificateExpireTime(made.certificate_pem));
  EXPECT_THAT(end, Eq(kNow + kYear));
  EXPECT_THAT(CertificateExpireTime("no certificate"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace wardbook::crypto
